package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.Batch;
import dev.norma.DeviceBatch;
import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.Into;
import dev.norma.Norm;
import dev.norma.Norma;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Gradients of rows that begin and end anywhere, on a device: they have the bits of {@code
 * cpu-scalar}, and what lies beside the rows is as it was.
 */
@RequiresCuda
class CudaRunsTest {
  /** Of an odd number of elements each, they begin everywhere in a sector. */
  private static final int ROWS = 17;

  private static final int LONGEST = 4200;
  private static final int[] LENGTHS =
      IntStream.concat(IntStream.rangeClosed(1, 70), IntStream.of(769, 4099)).toArray();
  private static final List<Norm> NORMS = List.of(Norm.L1, Norm.L2);

  /** Rows in some memory. */
  private interface Shape extends Function<Elements, Batch> {}

  /** What is computed of x, and written to or added to out. */
  private interface Gradient {
    void run(Norma norma, Batch x, Batch out);
  }

  private static Elements numbers(ElementType type) {
    SplittableRandom random = new SplittableRandom(1);
    Elements numbers = zeros(type);
    for (int i = 0; i < (ROWS + 1) * LONGEST; i++) {
      numbers.set(i, random.nextDouble(-1, 1));
    }
    return numbers;
  }

  private static Elements zeros(ElementType type) {
    return Elements.of(MemorySegment.ofArray(new byte[(ROWS + 1) * LONGEST * type.bytes()]), type);
  }

  private static Elements copy(Elements of) {
    Elements copy = zeros(of.type());
    copy.segment().copyFrom(of.segment());
    return copy;
  }

  private static List<Shape> shapes() {
    return Arrays.stream(LENGTHS).mapToObj(CudaRunsTest::shape).toList();
  }

  /** Those of odd lengths touch each other. */
  private static Shape shape(int length) {
    return elements -> Batch.rows(elements, 3, ROWS, length, length | 1);
  }

  /** The same, four elements further: as far behind four, but elsewhere in a sector. */
  private static Shape fourBehind(int length) {
    return elements -> Batch.rows(elements, 7, ROWS, length, length | 1);
  }

  private static Shape further(Shape shape) {
    return elements -> shape.apply(elements).slice(1, ROWS);
  }

  private static void check(Elements numbers, Shape of, Shape to, Gradient gradient) {
    try (Norma scalar = Norma.open("cpu-scalar");
        Norma cuda = Norma.open("cuda:0");
        DeviceBatch x = cuda.upload(Batch.of(numbers));
        DeviceBatch out = cuda.upload(Batch.of(numbers))) {
      Elements expected = copy(numbers);
      gradient.run(scalar, of.apply(numbers), to.apply(expected));
      gradient.run(cuda, of.apply(x.elements()), to.apply(out.elements()));
      Elements actual = zeros(numbers.type());
      out.copyTo(actual.segment());
      long at = expected.segment().mismatch(actual.segment());
      assertEquals(-1, at, () -> "byte of " + of.apply(numbers) + " to " + to.apply(numbers));
    }
  }

  private static void check(ElementType type, Gradient gradient) {
    Elements numbers = numbers(type);
    for (Shape shape : shapes()) {
      check(numbers, shape, shape, gradient);
    }
  }

  @ParameterizedTest
  @EnumSource
  void written(ElementType type) {
    for (Norm norm : NORMS) {
      check(type, (norma, x, out) -> norma.gradients().gradient(norm, x, out));
    }
  }

  @ParameterizedTest
  @EnumSource
  void inPlace(ElementType type) {
    for (Norm norm : NORMS) {
      check(type, (norma, x, out) -> norma.gradients().gradient(norm, out, out));
    }
  }

  @ParameterizedTest
  @EnumSource
  void added(ElementType type) {
    double[] upstream = IntStream.range(0, ROWS).mapToDouble(v -> v - 1.5).toArray();
    check(type, (norma, x, out) -> norma.gradients().vjp(Norm.L2, x, upstream, out, Into.ADD));
  }

  /** What is written begins elsewhere in a sector than x, and is a run all the same. */
  @ParameterizedTest
  @EnumSource
  void elsewhereInASector(ElementType type) {
    Elements numbers = numbers(type);
    for (int length : LENGTHS) {
      check(
          numbers,
          shape(length),
          fourBehind(length),
          (norma, x, out) -> norma.gradients().gradient(Norm.L2, x, out));
    }
  }

  /** Rows of x and of what is written are not aligned alike. */
  @ParameterizedTest
  @EnumSource
  void elsewhere(ElementType type) {
    Elements numbers = numbers(type);
    for (Shape shape : shapes()) {
      Shape first = elements -> shape.apply(elements).slice(0, ROWS - 1);
      check(
          numbers,
          first,
          further(shape),
          (norma, x, out) -> norma.gradients().gradient(Norm.L2, x, out));
    }
  }
}
