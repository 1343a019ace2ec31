package dev.norma.gpu;

import dev.norma.kernels.Program;
import dev.norma.spi.ElementMap;
import dev.norma.spi.MapPlan;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The program of a function of elements, of which the values are written or summed.
 *
 * @param plan what is computed
 */
record FunctionPass(MapPlan plan) implements Folded {
  /** Those that are bound by arithmetic have no program for runs. */
  private static final Set<ElementMap.Kind> HEAVY =
      EnumSet.of(ElementMap.Kind.POWER, ElementMap.Kind.HESSIAN);

  @Override
  public Program program() {
    return program(plan.out() == null ? "total_" : "map_");
  }

  /** Returns the program where x and what is written are runs, see {@link Places#areRuns}. */
  Program ofRuns() {
    boolean written = plan.out() != null;
    return written && !HEAVY.contains(plan.map().kind()) ? program("run_") : program();
  }

  private Program program(String becomes) {
    return new Program(
        plan.x().type().name().toLowerCase(Locale.ROOT),
        becomes + plan.map().kind().name().toLowerCase(Locale.ROOT));
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
