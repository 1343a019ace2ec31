package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.Matrices;
import dev.norma.MatrixNorm;
import dev.norma.NdArray;
import dev.norma.NormResults;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Norms of matrices: shapes with empty axes too, either memory order, any two axes as a matrix. */
interface MatrixCases extends Conformance {
  /** Shapes, the last of which is large enough to be shared between threads. */
  List<int[]> SHAPES =
      Stream.of("1 1 1,1 3 5,4 7 2,2 33 40,0 3 2,2 0 3,2 3 0,3 0 0,1 4097 3,1 300 700".split(","))
          .map(MatrixCases::numbers)
          .toList();

  /** The axes that are rows and columns. */
  List<int[]> AXES = Stream.of("1 2,2 1,0 1,-1 0".split(",")).map(MatrixCases::numbers).toList();

  /** What the matrices are filled with. */
  List<Family> FAMILIES = List.of(Family.NORMAL, Family.WIDE, Family.HUGE, Family.SUBNORMAL);

  /** Matrices of more entries are tried in fewer ways. */
  int LARGE = 10_000;

  private static int[] numbers(String words) {
    return Stream.of(words.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  /** Runs every shape. */
  @TestFactory
  default Stream<DynamicTest> matrices() {
    return Stream.of(ElementType.values())
        .flatMap(type -> SHAPES.stream().map(shape -> matrices(type, shape)));
  }

  private DynamicTest matrices(ElementType type, int[] shape) {
    String name = type + " " + Arrays.toString(shape);
    return DynamicTest.dynamicTest(
        name, () -> Unsupported.unlessRefused(backend(), name, () -> allAxes(type, shape)));
  }

  private void allAxes(ElementType type, int[] shape) {
    int size = shape[0] * shape[1] * shape[2];
    boolean large = size > LARGE;
    for (Family family : large ? List.of(Family.WIDE) : FAMILIES) {
      double[] values = family.vector(type, size, new Seeded(size));
      for (int[] axes : large ? AXES.subList(0, 1) : AXES) {
        check(type, shape, values, axes, true, family.toString());
        check(type, shape, values, axes, false, family.toString());
      }
    }
    if (size > 2 && !large) {
      double[] values = Family.NORMAL.vector(type, size, new Seeded(1));
      values[size / 2] = Double.NaN;
      values[size - 1] = Double.NEGATIVE_INFINITY;
      check(type, shape, values, AXES.get(0), true, "NaN and infinity");
    }
  }

  private void check(
      ElementType type, int[] shape, double[] values, int[] axes, boolean cOrder, String what) {
    MemorySegment memory = MemorySegment.ofArray(new long[values.length * type.bytes() / 8 + 1]);
    MemorySegment exact = memory.asSlice(0, (long) values.length * type.bytes());
    IntStream.range(0, values.length).forEach(i -> Format.of(type).write(exact, i, values[i]));
    Elements elements = Elements.of(exact, type);
    long[] sizes = IntStream.of(shape).asLongStream().toArray();
    NdArray array = cOrder ? NdArray.of(elements, sizes) : NdArray.fortran(elements, sizes);
    Matrices matrices = Matrices.along(array, axes[0], axes[1]);
    String name = matrices + " of axes " + Arrays.toString(axes) + ", " + what;
    NormResults<MatrixNorm> results =
        subject().norma().matrixNorms(Norms.MATRIX, matrices, new LongAdder());
    Cube cube = new Cube(shape, values, axes, cOrder);
    assertEquals(cube.count(), matrices.count(), name);
    for (MatrixNorm norm : Norms.MATRIX) {
      double[] actual = results.of(norm);
      Bits.assertSame(
          actual, subject().norma().norms(norm, matrices), () -> norm + " alone, " + name);
      subject()
          .peer()
          .ifPresent(
              peer ->
                  Bits.assertSame(peer.norms(norm, matrices), actual, () -> norm + ", " + name));
      for (int i = 0; i < actual.length; i++) {
        String complaint =
            Bounds.of(norm, type).complaint(actual[i], cube.norm(norm, i)).orElse("");
        assertTrue(complaint.isEmpty(), () -> norm + ": " + complaint + "; " + name);
      }
    }
  }
}
