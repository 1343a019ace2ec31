package dev.norma.gpu;

import dev.norma.Batch;
import dev.norma.gpu.Applier.Lists;
import dev.norma.gpu.Applier.Operands;
import dev.norma.gpu.Applier.Part;
import dev.norma.gpu.Device.Buffer;
import dev.norma.gpu.LaunchPolicy.Walk;
import dev.norma.spi.Layout;
import dev.norma.spi.MapPlan;
import dev.norma.spi.StridedLayout;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** Applies a function to elements that are in memory of the device, in whatever layout. */
final class ResidentMap {
  private final MapPlan plan;
  private final Workspace work;
  private final Target target;
  private final Memory memory;
  private final Places places = new Places();

  /**
   * The memory of the operands.
   *
   * @param x that of x
   * @param second that of the second operand; that of x where there is none
   * @param out where values are written; that of x where they are summed
   * @param kept the lists of units that the memory of x has kept
   */
  record Memory(Buffer x, Buffer second, Buffer out, KeptUnits kept) {}

  private ResidentMap(MapPlan plan, Workspace work, Target target, Memory memory) {
    this.plan = plan;
    this.work = work;
    this.target = target;
    this.memory = memory;
  }

  /** Starts a plan of at least one element. */
  static void start(MapPlan plan, Workspace work, Target target, Memory memory) {
    ResidentMap map = new ResidentMap(plan, work, target, memory);
    MapPolicy.Launch launch = MapPolicy.of(plan);
    if (launch.walk() == Walk.LISTED) {
      map.listed();
    } else {
      map.strided(launch);
    }
  }

  private void strided(MapPolicy.Launch launch) {
    Operands operands = operands(batch -> places.add((StridedLayout) batch.layout()));
    int count = plan.count();
    boolean partial = launch.chunks() > 1;
    target.begin(partial ? Math.multiplyExact(count, launch.chunks()) : 0);
    Part all = new Part(0, count, plan.x().layout().length(0), 0);
    Applier applier = new Applier(plan, work, places);
    target.changing();
    applier.strided(operands, all, launch, target.of(memory.out, partial));
    if (partial) {
      target.fold(count, launch.chunks());
    }
  }

  private void listed() {
    Operands operands = operands(batch -> places.addListed(0, batch.layout().elements(0)));
    KeptUnits.Kept units = memory.kept.of(plan.x().layout(), work);
    UnitList list = units.list();
    Buffer x = units.units().starts();
    long[] second = plan.second() == null ? list.starts : starts(plan.second(), list);
    long[] out = plan.out() == null ? list.starts : starts(plan.out(), list);
    Lists lists =
        new Lists(
            units.units(),
            plan.second() == null ? x : work.put("second starts", second),
            plan.out() == null ? x : work.put("out starts", out),
            work.put("owners", list.owners),
            areCongruent(list.starts, second) && areCongruent(list.starts, out));
    target.begin(list.partials());
    Applier applier = new Applier(plan, work, places);
    target.changing();
    for (UnitList.Range range : list.ranges()) {
      applier.listed(operands, lists, range, target.of(memory.out, range.partial()));
    }
    target.fold(list);
  }

  private Operands operands(ToIntFunction<Batch> entry) {
    int x = entry.applyAsInt(plan.x());
    int second = plan.second() == null ? x : entry.applyAsInt(plan.second());
    int out = plan.out() == null ? x : entry.applyAsInt(plan.out());
    return new Operands(memory.x, memory.second, new Places.Entries(x, second, out));
  }

  private static long[] starts(Batch batch, UnitList list) {
    Layout layout = batch.layout();
    long[] starts = new long[list.count()];
    for (int unit = 0; unit < starts.length; unit++) {
      starts[unit] = layout.start(list.owners[unit]);
    }
    return starts;
  }

  private static boolean areCongruent(long[] a, long[] b) {
    return IntStream.range(0, a.length).allMatch(unit -> Places.areCongruent(a[unit], b[unit]));
  }
}
