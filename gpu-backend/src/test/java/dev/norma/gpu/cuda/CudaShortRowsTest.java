package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.norma.Batch;
import dev.norma.DeviceBatch;
import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.Norm;
import dev.norma.Norma;
import dev.norma.gpu.ShortGradients;
import dev.norma.gpu.ShortRows;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@RequiresCuda
class CudaShortRowsTest {
  private static final int ROWS = 9;

  @Test
  void haveTheBitsOfTheCpu() {
    ShortRows.check("cuda:0");
  }

  @Test
  void soHaveTheirGradients() {
    ShortGradients.check("cuda:0");
  }

  /** Of rows that do not touch; the driver sees what lies behind the memory, and is read. */
  @ParameterizedTest
  @EnumSource
  void sumsLookAtNothingBehindTheLastRow(ElementType type) {
    try (Norma norma = Norma.open("cuda:0")) {
      for (int length = 1; length < 6; length++) {
        for (int step = length + 1; step < length + 4; step++) {
          for (int offset = 0; offset < 4; offset++) {
            check(norma, type, length, step, offset);
          }
        }
      }
    }
  }

  private static void check(Norma norma, ElementType type, int length, int step, int offset) {
    int size = offset + (ROWS - 1) * step + length;
    Elements ones = Elements.of(MemorySegment.ofArray(new byte[size * type.bytes()]), type);
    for (int i = 0; i < size; i++) {
      ones.set(i, 1);
    }
    double[] expected = new double[ROWS];
    Arrays.fill(expected, length);
    try (DeviceBatch uploaded = norma.upload(Batch.of(ones))) {
      Batch rows = Batch.rows(uploaded.elements(), offset, ROWS, length, step);
      assertArrayEquals(expected, norma.gradients().jvp(Norm.L1, rows, rows));
    }
  }
}
