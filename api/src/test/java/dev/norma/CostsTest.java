package dev.norma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.spi.Costs;
import dev.norma.spi.Plan;
import dev.norma.spi.Primitive;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** Predictions, against sums done by hand. */
class CostsTest {
  private static final Costs DEVICE = new Costs(1000, 100, 10_000, 500, 3);

  private static double seconds(Costs costs, Primitive... primitives) {
    Batch batch = Batch.rows(new float[2000], 5, 400); // 8000 bytes
    return costs.seconds(new Plan(batch, List.of(primitives), null, new LongAdder()));
  }

  @Test
  void copyingComputingAndReadingBackAddUp() {
    // launch + 8000 in + 8000 light + 5 pairs back
    assertEquals(3 + 8 + 0.8 + 0.8, seconds(DEVICE, Primitive.SQUARE_SUM), 1e-12);
    assertEquals(3 + 8 + 0.8 + 0.4, seconds(DEVICE, Primitive.ABS_MAX), 1e-12);
    assertEquals(3 + 8 + 0.8 + 1.2, seconds(DEVICE, Primitive.ABS_MAX, Primitive.ABS_SUM), 1e-12);
  }

  @Test
  void eachPowerIsHeavyWork() {
    assertEquals(3 + 8 + 16 + 0.8, seconds(DEVICE, Primitive.powSum(3)), 1e-12);
    assertEquals(
        3 + 8 + 32 + 1.6, seconds(DEVICE, Primitive.powSum(3), Primitive.powSum(4)), 1e-12);
  }

  @Test
  void nothingIsCopiedWhereThereIsNoDevice() {
    double infinite = Double.POSITIVE_INFINITY;
    Costs cpu = new Costs(infinite, infinite, 4000, 500, 0);
    assertEquals(2, seconds(cpu, Primitive.SQUARE_SUM), 1e-12);
    assertFalse(cpu.copies());
    assertTrue(DEVICE.copies());
    assertEquals(2 * 3 + 0.8 + 16, DEVICE.residentSeconds(8000), 1e-12);
  }
}
