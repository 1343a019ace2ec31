package dev.norma.gpu;

import dev.norma.kernels.Program;
import dev.norma.spi.MapPlan;
import java.util.Locale;

/**
 * The program of a function of elements, of which the values are written or summed.
 *
 * @param plan what is computed
 */
record FunctionPass(MapPlan plan) implements Folded {
  @Override
  public Program program() {
    String becomes = plan.out() == null ? "total_" : "map_";
    return new Program(
        plan.x().type().name().toLowerCase(Locale.ROOT),
        becomes + plan.map().kind().name().toLowerCase(Locale.ROOT));
  }

  @Override
  public double exponent() {
    return plan.map().exponent();
  }

  @Override
  public boolean takesShortRows() {
    return false;
  }

  @Override
  public int slots() {
    return 2;
  }
}
