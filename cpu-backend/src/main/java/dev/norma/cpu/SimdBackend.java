package dev.norma.cpu;

import dev.norma.Batch;
import dev.norma.spi.Backend;
import dev.norma.spi.Finisher;
import dev.norma.spi.FlatVectors;
import dev.norma.spi.MapPlan;
import dev.norma.spi.PairSums;
import dev.norma.spi.Plan;
import dev.norma.spi.PlanResult;
import dev.norma.spi.Primitive;
import dev.norma.spi.Steps;
import java.util.List;
import java.util.Optional;

/** The numeric contract by SIMD on several threads: the bits of {@link ScalarBackend}, faster. */
final class SimdBackend implements Backend {
  static final String NAME = "cpu-simd";

  private final Workers workers;
  private final SimdBackend serial;

  SimdBackend(Workers workers) {
    this.workers = workers;
    this.serial = workers.threads() == 1 ? this : new SimdBackend(new Workers(1));
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
  public void map(MapPlan plan) {
    if (ColumnMapPass.fits(plan)) {
      new ColumnMapPass(plan, workers).write();
    } else {
      new MapPass(plan, workers).write();
    }
  }

  @Override
  public PairSums sum(MapPlan plan) {
    return new MapPass(plan, workers).sum();
  }

  @Override
  public PlanResult runThenMap(Plan plan, Finisher finisher, MapPlan map) {
    if (!FusedPass.fits(map)) {
      return Backend.super.runThenMap(plan, finisher, map);
    }
    PlanResult result = new PlanResult(plan, NAME);
    new FusedPass(plan, finisher, map, workers, result).run();
    return result;
  }

  @Override
  public void inBlocks(List<Batch> batches, Steps steps) {
    Blocks.run(batches, steps, workers, this, serial);
  }

  @Override
  public Optional<PairSums> reduceEach(FlatVectors vectors, Primitive primitive) {
    return primitive.kind() == Primitive.Kind.POW_SUM
        ? Optional.empty()
        : Optional.of(new FlatPass(vectors, primitive).run(workers));
  }

  @Override
  public void inParallel(int count, Steps steps) {
    workers.run(count, number -> steps.run(serial, number, number + 1));
  }

  @Override
  public void close() {
    workers.close();
    if (serial != this) {
      serial.close();
    }
  }
}
