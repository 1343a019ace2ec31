package dev.norma.gpu;

import dev.norma.gpu.Device.Staging;
import dev.norma.gpu.LaunchPolicy.Launch;
import dev.norma.gpu.Launcher.Scales;
import dev.norma.gpu.Launcher.Steps;
import dev.norma.spi.Axes;
import dev.norma.spi.Layout;
import dev.norma.spi.Plan;
import dev.norma.spi.PlanResult;
import java.util.Arrays;
import java.util.List;

/**
 * What all ways of running one plan on one device have in common: memory for the states of vectors
 * and chunks, the folding of these, and the reading of the results. Used for one call.
 */
final class Reducer extends Folder {
  private final Plan plan;
  private final List<Pass> passes;

  Reducer(Plan plan, Workspace work) {
    this(plan, work, Pass.of(plan));
  }

  private Reducer(Plan plan, Workspace work, List<Pass> passes) {
    super(work, plan.count(), passes);
    this.plan = plan;
    this.passes = passes;
  }

  Plan plan() {
    return plan;
  }

  Layout layout() {
    return plan.batch().layout();
  }

  /** Returns how the vectors are reduced. */
  Launch launch() {
    return LaunchPolicy.of(work().device().limits(), plan.batch());
  }

  /** Copies the scales of the vectors to the device. */
  Scales scalesOfVectors() {
    double[] scales = new double[plan.scaled() ? plan.count() : 0];
    Arrays.setAll(scales, plan::scale);
    return new Scales(work().put("scales", scales), plan.scaled());
  }

  /** Copies the scales of the vectors that units belong to to the device. */
  Scales scalesOfUnits(UnitList units) {
    double[] scales = new double[plan.scaled() ? units.count() : 0];
    Arrays.setAll(scales, unit -> plan.scale(units.owners[unit]));
    return new Scales(work().put("scales", scales), plan.scaled());
  }

  Steps put(Axes axes) {
    return new Steps(work().put("axes", axes.table()), Math.max(1, axes.rank()));
  }

  /** Waits for the device and reads the results. */
  PlanResult read() {
    PlanResult result = new PlanResult(plan, work().device().limits().name());
    List<Staging> words = readFinals();
    for (int i = 0; i < passes.size(); i++) {
      passes.get(i).read(plan, words.get(i).memory(), result);
    }
    return result;
  }
}
