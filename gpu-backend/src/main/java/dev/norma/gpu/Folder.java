package dev.norma.gpu;

import dev.norma.gpu.Device.Staging;
import dev.norma.gpu.Launcher.States;
import dev.norma.gpu.Launcher.Units;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory for the states of vectors and chunks, the folding of these, and the reading of what is
 * left. Used for one call.
 */
class Folder {
  private final Workspace work;
  private final int count;
  private final List<? extends Folded> passes;

  /** Takes what is computed of so many vectors. */
  Folder(Workspace work, int count, List<? extends Folded> passes) {
    this.work = work;
    this.count = count;
    this.passes = passes;
  }

  Workspace work() {
    return work;
  }

  /** Returns what starts the kernels of each pass. */
  List<Launcher> launchers() {
    return passes.stream().map(pass -> new Launcher(work.device(), work.queue(), pass)).toList();
  }

  /** Returns memory for so many states, for each pass. */
  List<States> states(String role, long states) {
    List<States> all = new ArrayList<>();
    for (int i = 0; i < passes.size(); i++) {
      long bytes = Math.multiplyExact(states * passes.get(i).slots(), (long) Long.BYTES);
      all.add(new States(work.buffer(role + i, bytes), states));
    }
    return all;
  }

  /** Returns memory for the states of the vectors. */
  List<States> finals() {
    return states("finals", count);
  }

  /** Folds the states of chunks, each {@code step} behind the one before, until one is left. */
  void fold(Sequences chunks, long step, List<States> states) {
    Sequences left = chunks;
    List<States> in = states;
    long apart = step;
    for (int level = 0; left.count() > 0; level++) {
      UnitList units = new UnitList(left);
      String role = "level " + level;
      Units onDevice = Units.put(work, role, units);
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

  /**
   * Waits for the device and returns the states of the vectors, of each pass; word k of vector v is
   * at {@code k * count + v}.
   */
  List<Staging> readFinals() {
    List<States> finals = finals();
    List<Staging> words = new ArrayList<>();
    for (int i = 0; i < passes.size(); i++) {
      long bytes = (long) count * passes.get(i).slots() * Long.BYTES;
      Staging staging = work.staging("finals" + i, bytes);
      work.queue().read(finals.get(i).buffer(), 0, staging, bytes);
      words.add(staging);
    }
    work.finish();
    return words;
  }
}
