package dev.norma.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.Batch;
import dev.norma.DeviceBatch;
import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.Into;
import dev.norma.Norm;
import dev.norma.Norma;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Rows about as long as those of the kernel for functions of short ones, which touch and begin
 * anywhere: their derivatives, written elsewhere and in place, added, or summed along a tangent,
 * have the bits of {@code cpu-scalar}, and nothing beside them is changed.
 */
public final class ShortGradients {
  /** Two more than two groups take at once, or four. */
  private static final int ROWS = 130;

  /** Of those of which several work-items take one. */
  private static final int FEW_ROWS = 11;

  /** So many that a group takes more than one for each work-item. */
  private static final int MANY_ROWS = 50_000;

  private static final List<Norm> NORMS = List.of(Norm.L1, Norm.L2, Norm.LINF, Norm.NEG_INF);
  private static final Norm POWER = Norm.lp(3.5);

  private final Norma scalar;
  private final Norma norma;

  private ShortGradients(Norma scalar, Norma norma) {
    this.scalar = scalar;
    this.norma = norma;
  }

  /** Checks the derivatives that a device computes of rows in its memory. */
  public static void check(String device) {
    try (Norma scalar = Norma.open("cpu-scalar");
        Norma norma = Norma.open(device)) {
      ShortGradients gradients = new ShortGradients(scalar, norma);
      for (ElementType type : ElementType.values()) {
        gradients.check(type);
      }
    }
  }

  private void check(ElementType type) {
    IntStream lengths =
        IntStream.concat(
            IntStream.rangeClosed(1, 9),
            IntStream.of(15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 256, 257));
    lengths.forEach(
        length -> {
          for (int offset : new int[] {0, 3, 6}) {
            Case rows = new Case(type, offset, ROWS, length, offset);
            NORMS.forEach(norm -> checkGradient(norm, rows));
            int further = length % 8;
            Case elsewhere = new Case(type, offset, ROWS, length, further);
            checkGradient(Norm.L2, elsewhere);
            NORMS.forEach(norm -> checkDerivatives(norm, elsewhere));
          }
        });
    checkGradient(Norm.L2, new Case(type, 1, MANY_ROWS, 5, 1));
    checkDerivatives(Norm.L2, new Case(type, 1, MANY_ROWS, 5, 3));
    for (int length : new int[] {2, 5, 17, 64}) {
      checkGradient(POWER, new Case(type, 1, ROWS, length, 6));
      checkDerivatives(POWER, new Case(type, 3, ROWS, length, 4));
    }
    for (int length : new int[] {200, 399, 1023, 2047, 4097}) {
      checkGradient(Norm.L2, new Case(type, 3, FEW_ROWS, length, 3));
      checkGradient(Norm.LINF, new Case(type, 3, FEW_ROWS, length, 8));
      checkGradient(POWER, new Case(type, 0, FEW_ROWS, length, 1));
      checkDerivatives(Norm.L2, new Case(type, 1, FEW_ROWS, length, 6));
      checkDerivatives(Norm.L2, new Case(type, 3, FEW_ROWS, length, 3));
    }
  }

  /**
   * Some rows that touch.
   *
   * @param offset of the first element
   * @param elsewhere that of other operands, and where values go
   */
  private record Case(ElementType type, int offset, int rows, int length, int elsewhere) {
    Batch at(Elements elements, int from) {
      return Batch.rows(elements, from, rows, length, length);
    }

    Batch of(Elements elements) {
      return at(elements, offset);
    }

    Batch other(Elements elements) {
      return at(elements, elsewhere);
    }

    /** No element lies behind the rows of the operand that begins last: none may be looked at. */
    private int size() {
      return rows * length + Math.max(offset, elsewhere);
    }

    /** Numbers of either sign, with ties, zeros, rows of zeros and some NaN among them. */
    Elements numbers(int seed) {
      int size = size();
      Elements numbers = Elements.of(MemorySegment.ofArray(new byte[size * type.bytes()]), type);
      double[] random = new Random(seed).doubles(size, -1, 1).toArray();
      IntStream.range(0, size).forEach(i -> numbers.set(i, Math.rint(8 * random[i]) / 8));
      IntStream.iterate(0, i -> i < size, i -> i + 3).forEach(i -> numbers.set(i, random[i]));
      IntStream.range(0, rows * length)
          .filter(i -> i / length % 7 == 6)
          .forEach(i -> numbers.set((long) offset + i, 0));
      IntStream.iterate(0, i -> i < size, i -> i + 509).forEach(i -> numbers.set(i, Double.NaN));
      return numbers;
    }
  }

  private void checkGradient(Norm norm, Case rows) {
    Elements numbers = rows.numbers(32);
    Elements wanted = copy(numbers);
    scalar.gradients().gradient(norm, rows.of(numbers), rows.other(wanted));
    try (DeviceBatch x = norma.upload(Batch.of(numbers));
        DeviceBatch out = norma.upload(Batch.of(numbers))) {
      norma.gradients().gradient(norm, rows.of(x.elements()), rows.other(out.elements()));
      assertBits(wanted, out, "gradient of " + norm + " of " + rows);
      if (rows.offset == rows.elsewhere) {
        norma.gradients().gradient(norm, rows.of(x.elements()), rows.of(x.elements()));
        assertBits(wanted, x, "gradient of " + norm + " of " + rows + ", in place");
      }
    }
  }

  private void checkDerivatives(Norm norm, Case rows) {
    Elements numbers = rows.numbers(32);
    Elements others = rows.numbers(33);
    Elements added = copy(others);
    Elements product = copy(others);
    double[] upstream = new Random(34).doubles(rows.rows, -1, 1).toArray();
    scalar.gradients().vjp(norm, rows.of(numbers), upstream, rows.other(added), Into.ADD);
    scalar.gradients().hvp(norm, rows.of(numbers), rows.other(numbers), rows.other(product));
    double[] slopes = scalar.gradients().jvp(norm, rows.of(numbers), rows.other(others));
    try (DeviceBatch x = norma.upload(Batch.of(numbers));
        DeviceBatch direction = norma.upload(Batch.of(numbers));
        DeviceBatch out = norma.upload(Batch.of(others))) {
      Batch of = rows.of(x.elements());
      Batch to = rows.other(out.elements());
      assertArrayEquals(slopes, norma.gradients().jvp(norm, of, to), "jvp of " + norm + rows);
      norma.gradients().vjp(norm, of, upstream, to, Into.ADD);
      assertBits(added, out, "added gradient of " + norm + " of " + rows);
      norma.gradients().hvp(norm, of, rows.other(direction.elements()), to);
      assertBits(product, out, "Hessian of " + norm + " of " + rows);
    }
  }

  private static void assertBits(Elements wanted, DeviceBatch written, String what) {
    Elements is = copy(wanted);
    written.copyTo(is.segment());
    assertEquals(-1, wanted.segment().mismatch(is.segment()), what);
  }

  private static Elements copy(Elements elements) {
    MemorySegment from = elements.segment();
    byte[] to = new byte[Math.toIntExact(from.byteSize())];
    return Elements.of(MemorySegment.ofArray(to).copyFrom(from), elements.type());
  }
}
