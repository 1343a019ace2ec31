package dev.norma.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.ElementType;
import dev.norma.gpu.Launcher.Rows;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortRowPolicyTest {
  private static ShortRowPolicy policy(
      Reduction reduction, ElementType type, long offset, long length, long step, boolean cpu) {
    Rows rows = new Rows(offset, step, 1, length, 1, 1);
    return new ShortRowPolicy(rows, new Pass(reduction, 0, type, List.of(0)), cpu);
  }

  /** What takes the rows on a GPU, and on a CPU. */
  @ParameterizedTest
  @CsvSource({
    "SQUARE_SUM, F32, 0, 15, 16, staged, paired",
    "SQUARE_SUM, F32, 0, 16, 16, paired, paired",
    "SQUARE_SUM, F32, 1, 16, 16, staged, paired",
    "SQUARE_SUM, F32, 0, 17, 17, staged, paired",
    "SQUARE_SUM, F32, 0, 127, 127, staged, paired",
    "SQUARE_SUM, F32, 0, 129, 129, paired, paired",
    "SQUARE_SUM, F32, 0, 257, 257, rows, rows",
    "ABS_MAX, F64, 0, 28, 28, staged, paired",
    "ABS_MAX, F64, 0, 32, 32, paired, paired",
    "ABS_MAX, F64, 2, 64, 64, staged, paired",
    "ABS_MAX, F64, 0, 65, 65, paired, paired",
    "ABS_SUM, F16, 0, 256, 256, staged, staged",
    "ABS_SUM, BF16, 0, 257, 257, rows, rows",
    "ABS_SUM, BF16, 0, 0, 3, rows, rows",
    "ABS_SUM, F16, 0, 5, 4, rows, rows",
    "ABS_SUM, F16, 0, 4, 19, staged, staged",
    "ABS_SUM, F16, 0, 4, 20, rows, rows",
    "SEVERAL, F64, 0, 64, 64, staged, staged",
    "SEVERAL, F32, 0, 129, 129, rows, rows",
    "POW_SUM, F32, 0, 128, 128, staged, rows",
    "POW_SUM, F64, 0, 65, 65, rows, rows"
  })
  void lengthAndPlaceDecide(
      Reduction reduction,
      ElementType type,
      long offset,
      long length,
      long step,
      String gpu,
      String cpu) {
    assertEquals(gpu, kernel(policy(reduction, type, offset, length, step, false)));
    assertEquals(cpu, kernel(policy(reduction, type, offset, length, step, true)));
  }

  private static String kernel(ShortRowPolicy policy) {
    if (policy.areStaged()) {
      return "staged";
    }
    return policy.arePaired() ? "paired" : "rows";
  }

  @Test
  void aGroupTakesWholeWarpsOfRowsThatFit() {
    ShortRowPolicy three = policy(Reduction.SEVERAL, ElementType.F32, 0, 3, 3, false);
    assertEquals(64, three.ofGroup(1));
    assertEquals(64, three.ofGroup(49_151));
    assertEquals(96, three.ofGroup(49_152));
    assertEquals(1344, three.ofGroup(10_000_000));
    ShortRowPolicy forty = policy(Reduction.SEVERAL, ElementType.F32, 0, 40, 40, false);
    assertEquals(96, forty.ofGroup(10_000_000));
    ShortRowPolicy longest = policy(Reduction.SEVERAL, ElementType.F32, 0, 128, 128, false);
    assertEquals(32, longest.ofGroup(1));
    assertEquals(32, longest.ofGroup(10_000_000));
  }

  /** Of two operands of f32, so that an element has 8 bytes. */
  @Test
  void aGroupTakesAPowerOfTwoOfRowsIfNoWarpOfThemFits() {
    assertEquals(64, ShortRowPolicy.ofGroup(1, 32, 8));
    assertEquals(32, ShortRowPolicy.ofGroup(1, 33, 8));
    assertEquals(32, ShortRowPolicy.ofGroup(1, 64, 8));
    assertEquals(16, ShortRowPolicy.ofGroup(10_000_000, 65, 8));
    assertEquals(16, ShortRowPolicy.ofGroup(1, 128, 8));
    assertEquals(8, ShortRowPolicy.ofGroup(1, 129, 8));
    assertEquals(1, ShortRowPolicy.ofGroup(10_000_000, 2048, 8));
    assertTrue(ShortRowPolicy.fitTile(2048, 8));
    assertFalse(ShortRowPolicy.fitTile(2049, 8));
  }
}
