package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.Norm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Numbers that somebody measured or trained, as opposed to made up. */
interface RealData extends Conformance {
  /** The header of a {@code .npy} file of version 1 as numpy writes it. */
  int NPY_HEADER = 128;

  /** The images of digits: norms of the rows as they are known from elsewhere. */
  @Test
  default void digits() throws IOException {
    Path file = samples();
    assertNotNull(file, "samples/digits.npy is not above " + Path.of("").toAbsolutePath());
    byte[] bytes = Files.readAllBytes(file);
    MemorySegment numbers = MemorySegment.ofArray(bytes).asSlice(NPY_HEADER);
    Batch rows = Batch.rows(Elements.of(numbers, ElementType.F32), 1797, 64);
    double[] norms = subject().norma().norms(Norm.L2, rows);
    assertEquals(46.82948, Arrays.stream(norms).min().orElseThrow(), 5e-6, "smallest");
    assertEquals(61.82076, Arrays.stream(norms).average().orElseThrow(), 5e-6, "mean");
    assertEquals(76.89603, Arrays.stream(norms).max().orElseThrow(), 5e-6, "largest");
    double[] zeros = subject().norma().norms(Norm.L0, Batch.columns(rows.elements(), 1797, 64));
    int[] empty = IntStream.range(0, 64).filter(i -> zeros[i] == 0).toArray();
    assertEquals("[0, 32, 39]", Arrays.toString(empty), "columns of zeros");
    check("digits", rows);
  }

  /** Rows of a language model in each of the shorter types, as rows and as columns. */
  @TestFactory
  default Stream<DynamicTest> weights() {
    return Stream.of(
        weights("embedding-rows-f16.bin", ElementType.F16),
        weights("query-rows-bf16.bin", ElementType.BF16),
        weights("query-rows-f32.bin", ElementType.F32));
  }

  private DynamicTest weights(String file, ElementType type) {
    return DynamicTest.dynamicTest(
        file,
        () -> {
          Elements elements = Elements.of(MemorySegment.ofArray(resource(file)), type);
          check(file, Batch.rows(elements, 64, 384));
          check(file, Batch.columns(elements, 64, 384));
        });
  }

  private void check(String name, Batch batch) {
    double[][] vectors = new double[(int) batch.count()][];
    for (int i = 0; i < vectors.length; i++) {
      long start = batch.layout().start(i);
      long stride = batch.layout().elements(i).innerStride();
      vectors[i] =
          IntStream.range(0, (int) batch.length(i))
              .mapToDouble(j -> batch.elements().get(start + j * stride))
              .toArray();
    }
    CaseCheck.run(subject(), name, batch, vectors, Norms.ALL);
  }

  private static byte[] resource(String name) {
    try (InputStream file = RealData.class.getResourceAsStream(name)) {
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /** Looks for the samples in the working directory and above. */
  private static Path samples() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path file = at.resolve("samples").resolve("digits.npy");
      if (Files.exists(file)) {
        return file;
      }
    }
    return null;
  }
}
