package dev.norma.gpu;

import dev.norma.kernels.Program;
import dev.norma.spi.ElementMap;
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
    return program(plan.out() == null ? "total_" : "map_");
  }

  /**
   * Returns the program where operands and what is written are runs, see {@link Places#areRuns}.
   * Functions that are bound by arithmetic have none.
   */
  Program ofRuns() {
    boolean light = plan.map().kind() != ElementMap.Kind.POWER && !hasPowerOfSecond();
    return light && plan.out() != null ? program("run_") : program();
  }

  private boolean hasPowerOfSecond() {
    return plan.map().kind() == ElementMap.Kind.HESSIAN && exponent() != 0;
  }

  private Program program(String becomes) {
    String name = plan.map().kind().name().toLowerCase(Locale.ROOT);
    String function = hasPowerOfSecond() ? "power_" + name : name;
    return new Program(plan.x().type().name().toLowerCase(Locale.ROOT), becomes + function);
  }

  @Override
  public double exponent() {
    return plan.map().exponent();
  }

  @Override
  public boolean stagesRows(boolean cpu) {
    return false;
  }

  @Override
  public boolean pairsRows() {
    return false;
  }

  @Override
  public int elementBytes() {
    return plan.x().type().bytes();
  }

  @Override
  public int slots() {
    return 2;
  }
}
