package dev.norma.cpu;

import dev.norma.spi.Backend;
import dev.norma.spi.Plan;
import dev.norma.spi.PlanResult;

/** The numeric contract by SIMD on several threads: the bits of {@link ScalarBackend}, faster. */
final class SimdBackend implements Backend {
  static final String NAME = "cpu-simd";

  private final Workers workers;

  SimdBackend(Workers workers) {
    this.workers = workers;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public PlanResult run(Plan plan) {
    PlanResult result = new PlanResult(plan, NAME);
    if (ColumnPass.fits(plan)) {
      new ColumnPass(plan, workers, result).run();
    } else {
      new RowPass(plan, workers, result).run();
    }
    return result;
  }

  @Override
  public void close() {
    workers.close();
  }
}
