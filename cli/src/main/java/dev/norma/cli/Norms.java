package dev.norma.cli;

import dev.norma.NdArray;
import dev.norma.Norma;
import dev.norma.formats.AtomicFile;
import dev.norma.formats.NpyFile;
import dev.norma.formats.NpyWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Asks one query of FILEs, and says so on standard error where one fails. */
final class Norms {
  private final Norma norma;
  private final Query query;
  private final PrintStream err;

  Norms(Norma norma, Query query, PrintStream err) {
    this.norma = norma;
    this.query = query;
    this.err = err;
  }

  /** Returns the answer for a FILE, or nothing where it failed. */
  Optional<Answer> answer(String file) {
    try (NpyFile npy = NpyFile.open(Path.of(file))) {
      NdArray array = npy.array();
      Query.Results results = compute(file, array);
      return Optional.of(
          new Answer(
              file,
              Arrays.stream(npy.shape()).boxed().toList(),
              npy.dtype(),
              query.axis().in(array),
              results.backend(),
              query.ords(),
              results.values()));
    } catch (IOException | RuntimeException | OutOfMemoryError | InternalError e) {
      Failure.print(err, file, e);
      return Optional.empty();
    }
  }

  /** Writes the first norm of a FILE to another file, and tells whether that was done. */
  boolean write(String file, Path out) {
    try {
      AtomicFile.check(out); // before the work that would be lost
      Optional<Answer> answer = answer(file);
      if (answer.isEmpty()) {
        return false;
      }
      NpyWriter.write(out, answer.get().resultShape(), answer.get().norms().get(0));
      return true;
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      Failure.print(err, out.toString(), e);
      return false;
    }
  }

  private Query.Results compute(String file, NdArray array) throws IOException {
    long count = query.count(array);
    long total = array.size() * query.passes();
    try (Progress progress = Progress.start(total, file, err)) {
      return query.norms(norma, array, progress.counter());
    } catch (OutOfMemoryError e) {
      String each = query.ords().size() == 1 ? "" : " for each of the ords";
      throw new IOException("not enough memory for " + count + " results" + each, e);
    }
  }
}
