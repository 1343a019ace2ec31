package dev.norma.gpu;

import dev.norma.gpu.Device.Buffer;
import dev.norma.gpu.LaunchPolicy.Launch;
import dev.norma.gpu.Launcher.Columns;
import dev.norma.gpu.Launcher.Rows;
import dev.norma.gpu.Launcher.Scales;
import dev.norma.gpu.Launcher.States;
import dev.norma.gpu.Launcher.Steps;
import dev.norma.spi.Layout;
import dev.norma.spi.PlanResult;
import dev.norma.spi.StridedLayout;
import java.util.List;

/** Runs a plan whose elements the device reads where they lie, in whatever layout. */
final class ResidentRun {
  private final Reducer reducer;
  private final Buffer elements;
  private final long origin;

  private ResidentRun(Reducer reducer, Buffer elements, long origin) {
    this.reducer = reducer;
    this.elements = elements;
    this.origin = origin;
  }

  /**
   * Runs a plan over elements in a buffer.
   *
   * @param origin the position of the first element of the buffer
   * @param kept the lists of units that the memory has kept
   */
  static PlanResult run(Reducer reducer, Buffer elements, long origin, KeptUnits kept) {
    ResidentRun run = new ResidentRun(reducer, elements, origin);
    Launch launch = reducer.launch();
    switch (launch.walk()) {
      case ROWS -> run.rows((StridedLayout) reducer.layout(), launch);
      case COLUMNS -> run.columns((StridedLayout) reducer.layout(), launch);
      case LISTED -> run.listed(kept);
    }
    return reducer.read();
  }

  private void rows(StridedLayout layout, Launch launch) {
    Rows rows =
        new Rows(
            layout.start(0) - origin,
            layout.vectors().innerStride(),
            layout.elements().innerStride(),
            layout.elements().size(),
            launch.chunks(),
            launch.team());
    long units = Math.multiplyExact(layout.count(), launch.chunks());
    List<States> out = launch.chunks() == 1 ? reducer.finals() : reducer.states("partials", units);
    Scales scales = reducer.scalesOfVectors();
    List<Launcher> launchers = reducer.launchers();
    for (int i = 0; i < out.size(); i++) {
      launchers.get(i).rows(elements, rows, 0, units, scales, out.get(i));
    }
    if (launch.chunks() > 1) {
      int count = reducer.plan().count();
      reducer.fold(Sequences.ofChunks(count, launch.chunks(), launch.chunks()), 1, out);
    }
  }

  private void columns(StridedLayout layout, Launch launch) {
    int count = reducer.plan().count();
    long run = layout.vectors().innerSize();
    Columns columns =
        new Columns(
            layout.start(0) - layout.vectors().offset(layout.first()) - origin,
            layout.vectors().rank() == 1 ? 0 : layout.vectors().offset(run),
            layout.elements().innerStride(),
            layout.elements().size(),
            run,
            layout.first(),
            count);
    List<States> out =
        launch.chunks() == 1
            ? reducer.finals()
            : reducer.states("partials", Math.multiplyExact(count, launch.chunks()));
    Scales scales = reducer.scalesOfVectors();
    List<Launcher> launchers = reducer.launchers();
    for (int i = 0; i < out.size(); i++) {
      launchers.get(i).columns(elements, columns, scales, out.get(i), count, 0, 0);
    }
    if (launch.chunks() > 1) {
      reducer.fold(Sequences.ofChunks(count, launch.chunks(), 1), count, out);
    }
  }

  private void listed(KeptUnits kept) {
    Layout layout = reducer.layout();
    KeptUnits.Kept units = kept.of(layout, reducer.work());
    Steps steps = reducer.put(layout.elements(0));
    Scales scales = reducer.scalesOfUnits(units.list());
    List<States> finals = reducer.finals();
    List<States> partials = reducer.states("partials", units.list().partials());
    List<Launcher> launchers = reducer.launchers();
    for (UnitList.Range range : units.list().ranges()) {
      List<States> out = range.partial() ? partials : finals;
      for (int i = 0; i < out.size(); i++) {
        launchers.get(i).listed(elements, -origin, units.units(), range, steps, scales, out.get(i));
      }
    }
    reducer.fold(units.list().partial(), 1, partials);
  }
}
