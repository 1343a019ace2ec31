package dev.norma.conformance;

import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.Matrices;
import dev.norma.NdArray;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The matrices in an array of three axes: any two axes, either memory order, empty ones too. */
public final class MatrixCase {
  /** Shapes, the last of which is large enough to be shared between threads. */
  private static final List<int[]> SHAPES =
      Stream.of("1 1 1,1 3 5,4 7 2,2 33 40,0 3 2,2 0 3,2 3 0,3 0 0,1 4097 3,1 300 700".split(","))
          .map(MatrixCase::numbers)
          .toList();

  /** The axes that are rows and columns. */
  private static final List<int[]> AXES =
      Stream.of("1 2,2 1,0 1,-1 0".split(",")).map(MatrixCase::numbers).toList();

  /** What the matrices are filled with. */
  private static final List<Family> FAMILIES =
      List.of(Family.NORMAL, Family.WIDE, Family.HUGE, Family.SUBNORMAL);

  /** Matrices of more entries are tried in fewer ways. */
  private static final int LARGE = 10_000;

  private final ElementType type;
  private final int[] shape;
  private final int[] axes;
  private final boolean cOrder;
  private final String what;
  private final double[] values;

  private MatrixCase(
      ElementType type, int[] shape, int[] axes, boolean cOrder, String what, double[] values) {
    this.type = type;
    this.shape = shape;
    this.axes = axes;
    this.cOrder = cOrder;
    this.what = what;
    this.values = values;
  }

  private static int[] numbers(String words) {
    return Stream.of(words.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  /** Returns the number of shapes. */
  public static int shapes() {
    return SHAPES.size();
  }

  /** Names the matrices of one shape. */
  public static String name(ElementType type, int shape) {
    return type + " " + Arrays.toString(SHAPES.get(shape));
  }

  /** Returns the matrices of one shape, numbered from 0. */
  public static List<MatrixCase> of(ElementType type, int shapeNumber) {
    int[] shape = SHAPES.get(shapeNumber);
    int size = shape[0] * shape[1] * shape[2];
    boolean large = size > LARGE;
    List<MatrixCase> cases = new ArrayList<>();
    for (Family family : large ? List.of(Family.WIDE) : FAMILIES) {
      double[] values = family.vector(type, size, new Seeded(size));
      for (int[] axes : large ? AXES.subList(0, 1) : AXES) {
        cases.add(new MatrixCase(type, shape, axes, true, family.toString(), values));
        cases.add(new MatrixCase(type, shape, axes, false, family.toString(), values));
      }
    }
    if (size > 2 && !large) {
      double[] values = Family.NORMAL.vector(type, size, new Seeded(1));
      values[size / 2] = Double.NaN;
      values[size - 1] = Double.NEGATIVE_INFINITY;
      cases.add(new MatrixCase(type, shape, AXES.get(0), true, "NaN and infinity", values));
    }
    return cases;
  }

  /** Returns a matrix of one column. */
  static MatrixCase column(ElementType type, String what, double[] values) {
    int[] shape = {1, values.length, 1};
    return new MatrixCase(type, shape, AXES.get(0), true, what, values);
  }

  /** Returns the matrices, in new memory. */
  public Matrices matrices() {
    MemorySegment memory = MemorySegment.ofArray(new long[values.length * type.bytes() / 8 + 1]);
    MemorySegment exact = memory.asSlice(0, (long) values.length * type.bytes());
    IntStream.range(0, values.length).forEach(i -> Format.of(type).write(exact, i, values[i]));
    Elements elements = Elements.of(exact, type);
    long[] sizes = IntStream.of(shape).asLongStream().toArray();
    NdArray array = cOrder ? NdArray.of(elements, sizes) : NdArray.fortran(elements, sizes);
    return Matrices.along(array, axes[0], axes[1]);
  }

  /** Returns the type of the entries. */
  ElementType type() {
    return type;
  }

  /** Returns the sizes of the three axes. */
  int[] shape() {
    return shape;
  }

  /** Returns the axes of rows and columns; negatives count from the end. */
  int[] axes() {
    return axes;
  }

  /** Tells whether the last axis moves fastest, as opposed to the first. */
  boolean cOrder() {
    return cOrder;
  }

  /** Returns the entries in the order of memory. */
  double[] values() {
    return values;
  }

  @Override
  public String toString() {
    return type
        + " "
        + Arrays.toString(shape)
        + (cOrder ? "" : " in Fortran order")
        + ", axes "
        + Arrays.toString(axes)
        + ", "
        + what;
  }
}
