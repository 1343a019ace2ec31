package dev.norma.cli;

import dev.norma.Norma;
import dev.norma.formats.AtomicFile;
import dev.norma.formats.NpyFile;
import dev.norma.formats.NpyWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code norma grad}: writes the gradient of the sum of the norms in a FILE. */
@Command(
    name = "grad",
    description = {
      "Writes the gradient of the sum of the norms of a .npy file, in its shape, element type, byte"
          + " order and memory order (of integers and booleans: float64).",
      "At zeros and ties it is the subgradient of least norm."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  norma grad --ord 2 --axis 1 -o gradient.npy a.npy     each row over its norm",
      "  norma grad --ord inf --axis 0,1 -o gradient.npy a.npy of the largest row sum"
    })
final class GradCommand implements Callable<Integer> {
  private final PrintStream err;

  @Spec private CommandSpec spec;

  @Option(
      names = "--ord",
      paramLabel = "ORD",
      required = true,
      description = "One norm, as for norma norm.")
  private String ord;

  @Option(
      names = "--axis",
      paramLabel = "AXIS",
      defaultValue = "none",
      description = "As for norma norm; default none, the whole array as one vector.")
  private String axis;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      completionCandidates = NormCommand.BackendNames.class,
      description =
          "${COMPLETION-CANDIDATES}, or a device such as opencl:0; default auto, the best one.")
  private String backend;

  @Option(
      names = "-o",
      paramLabel = "OUT.npy",
      required = true,
      description = "The file that is written.")
  private Path out;

  @Parameters(paramLabel = "FILE", description = "A file in numpy's format .npy.")
  private String file;

  GradCommand(PrintStream err) {
    this.err = err;
  }

  @Override
  public Integer call() {
    Query query = Words.checked(spec, this::query);
    try (Norma norma = open()) {
      return write(norma, query) ? Main.DONE : Main.FAILED;
    }
  }

  private Norma open() {
    return Words.checked(spec, () -> backend == null ? Norma.open() : Norma.open(backend));
  }

  private Query query() {
    Query query = Query.parse(ord, axis);
    if (query.ords().size() != 1) {
      throw new IllegalArgumentException(
          "ord: '" + ord + "' are " + query.ords().size() + " norms; grad takes one");
    }
    return query;
  }

  private boolean write(Norma norma, Query query) {
    try {
      AtomicFile.check(out); // before the work that would be lost
    } catch (IOException | RuntimeException e) {
      Failure.print(err, out.toString(), e);
      return false;
    }
    try (NpyFile npy = NpyFile.open(Path.of(file));
        Arena arena = Arena.ofShared()) {
      MemorySegment gradient = arena.allocate(npy.array().elements().segment().byteSize(), 8);
      query.gradient(norma, npy.array(), gradient);
      return write(npy, gradient);
    } catch (IOException | RuntimeException | OutOfMemoryError | InternalError e) {
      Failure.print(err, file, e);
      return false;
    }
  }

  private boolean write(NpyFile npy, MemorySegment gradient) {
    try {
      NpyWriter.writeLike(out, npy, gradient);
      return true;
    } catch (IOException | RuntimeException e) {
      Failure.print(err, out.toString(), e);
      return false;
    }
  }
}
