package dev.norma.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.Batch;
import dev.norma.DeviceBatch;
import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.Norm;
import dev.norma.Norma;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Rows about as long as those of the kernel for functions of short ones, which touch and begin
 * anywhere: their gradients, written elsewhere and in place, have the bits of {@code cpu-scalar},
 * and nothing beside them is changed.
 */
public final class ShortGradients {
  /** Two more than two groups take at once, or four. */
  private static final int ROWS = 130;

  /** So many that a group takes more than one for each work-item. */
  private static final int MANY_ROWS = 50_000;

  private static final List<Norm> NORMS = List.of(Norm.L1, Norm.L2, Norm.LINF);

  private final Norma scalar;
  private final Norma norma;

  private ShortGradients(Norma scalar, Norma norma) {
    this.scalar = scalar;
    this.norma = norma;
  }

  /** Checks the gradients that a device computes of rows in its memory. */
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
            for (Norm norm : NORMS) {
              check(norm, numbers(type, offset + ROWS * length + 9), offset, ROWS, length, 0);
            }
          }
        });
    check(Norm.L2, numbers(type, MANY_ROWS * 5 + 9), 1, MANY_ROWS, 5, 0);
    for (int further : new int[] {1, 4}) { // where rows are not aligned alike, and where they are
      check(Norm.L2, numbers(type, ROWS * 21 + 9), 1, ROWS, 21, further);
    }
  }

  private static Elements numbers(ElementType type, int length) {
    Elements numbers = Elements.of(MemorySegment.ofArray(new byte[length * type.bytes()]), type);
    double[] random = new Random(32).doubles(length, -1, 1).toArray();
    IntStream.range(0, length).forEach(i -> numbers.set(i, random[i]));
    IntStream.iterate(0, i -> i < length, i -> i + 509).forEach(i -> numbers.set(i, Double.NaN));
    return numbers;
  }

  private void check(Norm norm, Elements elements, int offset, int rows, int length, int further) {
    Elements wanted = copy(elements);
    Batch of = Batch.rows(elements, offset, rows, length, length);
    scalar
        .gradients()
        .gradient(norm, of, Batch.rows(wanted, offset + further, rows, length, length));
    try (DeviceBatch x = norma.upload(Batch.of(elements));
        DeviceBatch out = norma.upload(Batch.of(elements))) {
      Batch there = Batch.rows(x.elements(), offset, rows, length, length);
      Batch elsewhere = Batch.rows(out.elements(), offset + further, rows, length, length);
      norma.gradients().gradient(norm, there, elsewhere);
      assertBits(wanted, out, norm + " of " + there);
      if (further == 0) {
        norma.gradients().gradient(norm, there, there);
        assertBits(wanted, x, norm + " of " + there + ", in place");
      }
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
