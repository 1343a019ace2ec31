package dev.norma.gpu;

import dev.norma.gpu.Device.Staging;
import dev.norma.gpu.LaunchPolicy.Launch;
import dev.norma.gpu.Launcher.Scales;
import dev.norma.gpu.Launcher.States;
import dev.norma.gpu.Launcher.Steps;
import dev.norma.gpu.Launcher.Units;
import dev.norma.spi.Axes;
import dev.norma.spi.Layout;
import dev.norma.spi.Plan;
import dev.norma.spi.PlanResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What all ways of running one plan on one device have in common: memory for the states of vectors
 * and chunks, the folding of these, and the reading of the results. Used for one call.
 */
final class Reducer {
  private final Plan plan;
  private final Workspace work;
  private final List<Pass> passes;

  Reducer(Plan plan, Workspace work) {
    this.plan = plan;
    this.work = work;
    this.passes = Pass.of(plan);
  }

  Plan plan() {
    return plan;
  }

  Layout layout() {
    return plan.batch().layout();
  }

  Workspace work() {
    return work;
  }

  /** Returns what starts the kernels of each pass. */
  List<Launcher> launchers() {
    return passes.stream().map(pass -> new Launcher(work.device(), work.queue(), pass)).toList();
  }

  /** Returns how the vectors are reduced. */
  Launch launch() {
    return LaunchPolicy.of(work.device().limits(), plan.batch());
  }

  /** Returns memory for so many states, for each pass. */
  List<States> states(String role, long count) {
    List<States> states = new ArrayList<>();
    for (int i = 0; i < passes.size(); i++) {
      long bytes = Math.multiplyExact(count * passes.get(i).slots(), (long) Long.BYTES);
      states.add(new States(work.buffer(role + i, bytes), count));
    }
    return states;
  }

  /** Returns memory for the states of the vectors. */
  List<States> finals() {
    return states("finals", plan.count());
  }

  /** Copies the scales of the vectors to the device. */
  Scales scalesOfVectors() {
    double[] scales = new double[plan.scaled() ? plan.count() : 0];
    Arrays.setAll(scales, plan::scale);
    return new Scales(work.put("scales", scales), plan.scaled());
  }

  /** Copies the scales of the vectors that units belong to to the device. */
  Scales scalesOfUnits(UnitList units) {
    double[] scales = new double[plan.scaled() ? units.count() : 0];
    Arrays.setAll(scales, unit -> plan.scale(units.owners[unit]));
    return new Scales(work.put("scales", scales), plan.scaled());
  }

  Units put(String role, UnitList units) {
    return put(role, units, units.starts, units.froms);
  }

  Units put(String role, UnitList units, long[] starts, long[] froms) {
    return new Units(
        work.put(role + " starts", starts),
        work.put(role + " froms", froms),
        work.put(role + " lengths", units.lengths),
        work.put(role + " outs", units.outs));
  }

  Steps put(Axes axes) {
    return new Steps(work.put("axes", axes.table()), Math.max(1, axes.rank()));
  }

  /** Folds the states of chunks, each {@code step} behind the one before, until one is left. */
  void fold(Sequences chunks, long step, List<States> states) {
    Sequences left = chunks;
    List<States> in = states;
    long apart = step;
    for (int level = 0; left.count() > 0; level++) {
      UnitList units = new UnitList(left);
      String role = "level " + level;
      Units onDevice = put(role, units);
      List<States> partials = states(role + " partials", units.partials());
      List<Launcher> launchers = launchers();
      for (UnitList.Range range : units.ranges()) {
        List<States> out = range.partial() ? partials : finals();
        for (int i = 0; i < passes.size(); i++) {
          launchers.get(i).fold(in.get(i), apart, onDevice, range, out.get(i));
        }
      }
      left = units.partial();
      in = partials;
      apart = 1;
    }
  }

  /** Waits for the device and reads the results. */
  PlanResult read() {
    PlanResult result = new PlanResult(plan, work.device().limits().name());
    List<States> finals = finals();
    List<Staging> words = new ArrayList<>();
    for (int i = 0; i < passes.size(); i++) {
      long bytes = (long) plan.count() * passes.get(i).slots() * Long.BYTES;
      Staging staging = work.staging("finals" + i, bytes);
      work.queue().read(finals.get(i).buffer(), 0, staging, bytes);
      words.add(staging);
    }
    work.finish();
    for (int i = 0; i < passes.size(); i++) {
      passes.get(i).read(plan, words.get(i).memory(), result);
    }
    return result;
  }
}
