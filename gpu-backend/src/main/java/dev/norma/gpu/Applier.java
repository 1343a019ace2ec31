package dev.norma.gpu;

import dev.norma.gpu.Device.Buffer;
import dev.norma.gpu.Device.Staging;
import dev.norma.gpu.LaunchPolicy.Walk;
import dev.norma.gpu.Launcher.States;
import dev.norma.gpu.Launcher.Units;
import dev.norma.kernels.Program;
import dev.norma.spi.MapPlan;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Starts the kernels of one function of elements, see apply.h. Used for one call. */
final class Applier {
  private final MapPlan plan;
  private final Workspace work;
  private final FunctionPass pass;
  private final Places places;
  private final Buffer table;
  private final Buffer coefficients;

  /** Copies to the device what all launches look at. */
  Applier(MapPlan plan, Workspace work, Places places) {
    this.plan = plan;
    this.work = work;
    this.pass = new FunctionPass(plan);
    this.places = places;
    this.table = places.put(work);
    this.coefficients = coefficients();
  }

  private Buffer coefficients() {
    int kinds = plan.map().kind().coefficients();
    long each = (long) plan.count() * Double.BYTES;
    Buffer buffer = work.buffer("coefficients", kinds * each);
    Staging staging = work.staging("coefficients", kinds * each);
    for (int k = 0; k < kinds; k++) {
      MemorySegment to = staging.memory();
      MemorySegment.copy(
          plan.coefficients(k), 0, to, ValueLayout.JAVA_DOUBLE, k * each, plan.count());
    }
    work.queue().write(staging, kinds * each, buffer, 0);
    return buffer;
  }

  /**
   * Where the elements of the operands are.
   *
   * @param x the memory of x
   * @param second that of the second operand; any where there is none
   * @param entries where they lie in it
   */
  record Operands(Buffer x, Buffer second, Places.Entries entries) {}

  /**
   * Vectors of one length, or chunks of them.
   *
   * @param first the number of the first
   * @param vectors so many
   * @param length so many elements of each
   * @param firstChunk the number of the first chunk
   */
  record Part(long first, long vectors, long length, long firstChunk) {
    long chunks() {
      return LaunchPolicy.chunks(length);
    }
  }

  /** Applies the function to vectors of one length, as they lie in memory. */
  void strided(Operands operands, Part part, MapPolicy.Launch launch, States out) {
    Device.Kernel kernel = kernel(operands.entries, part, launch);
    if (areShort(operands.entries, part, launch)) {
      shortRows(kernel, operands, part, out);
      return;
    }
    Arguments arguments =
        head(operands, out, launch.team())
            .add(launch.across() ? 1 : 0)
            .add(part.first)
            .add(part.vectors)
            .add(part.length)
            .add(part.chunks())
            .add(part.firstChunk)
            .add(places.follow(operands.entries, part.length) ? 1 : 0);
    launch(kernel, part.vectors * part.chunks(), launch.team(), arguments);
  }

  /** Tells whether they are rows that a group copies, see apply_short.h. */
  private boolean areShort(Places.Entries entries, Part part, MapPolicy.Launch launch) {
    return launch.walk() == Walk.ROWS
        && !work.device().limits().cpu()
        && read() <= 2
        && places.touch(entries, part.length)
        && (plan.out() == null ? areShortSums(part.length) : areShortValues(entries, part.length));
  }

  /**
   * A sum is that of one work-item. Half a warp of rows of two operands leaves the others idle,
   * which costs those of two bytes more than a few sectors.
   */
  private boolean areShortSums(long length) {
    boolean whole = pass.elementBytes() == Short.BYTES;
    return ShortRowPolicy.fitGroup(length, whole ? copiedBytes() : pass.elementBytes());
  }

  /** Several work-items take a row where there are few in a group. */
  private boolean areShortValues(Places.Entries entries, long length) {
    return ShortRowPolicy.fitGroup(length, pass.elementBytes())
        || (ShortRowPolicy.fitTile(length, copiedBytes())
            && places.shareSectors(entries, length, pass.elementBytes()));
  }

  private int read() {
    return MapPolicy.operands(plan).size();
  }

  /** Of all operands, for an element. */
  private int copiedBytes() {
    return read() * pass.elementBytes();
  }

  private void shortRows(Device.Kernel kernel, Operands operands, Part part, States out) {
    boolean adds = plan.adds();
    long start = places.start(operands.entries.out());
    int each = ShortRowPolicy.ofGroup(part.vectors, part.length, copiedBytes());
    Arguments arguments =
        new Arguments()
            .add(operands.x)
            .add(places.start(operands.entries.x()))
            .add(adds ? out.buffer() : operands.second)
            .add(adds ? start : places.start(operands.entries.second()))
            .add(coefficients)
            .add((long) plan.count())
            .add(pass.exponent())
            .add(read() - 1)
            .add(adds ? 1 : 0)
            .add(out.buffer())
            .add(plan.out() == null ? part.firstChunk * plan.count() : start)
            .add(out.stride())
            .add(part.first)
            .add(part.vectors)
            .add((int) part.length)
            .add(each);
    long groups = (part.vectors + each - 1) / each;
    work.queue().launch(kernel, groups, LaunchPolicy.ROW_GROUP, arguments);
  }

  /**
   * Where units of listed vectors begin, in the memory of each operand.
   *
   * @param units the units, and where they begin in that of x
   * @param second where in that of the second
   * @param out where in that which is written
   * @param owners the numbers of their vectors
   * @param alike whether the places in the others are {@link Places#areCongruent} to those of x
   */
  record Lists(Units units, Buffer second, Buffer out, Buffer owners, boolean alike) {}

  /** Applies the function to some units. */
  void listed(Operands operands, Lists lists, UnitList.Range range, States out) {
    Arguments arguments =
        head(operands, out, range.team())
            .add(lists.units.starts())
            .add(lists.second)
            .add(lists.out)
            .add(lists.units.froms())
            .add(lists.units.lengths())
            .add(lists.owners)
            .add(lists.units.outs())
            .add((long) range.from())
            .add((long) range.to());
    Device.Kernel kernel = listedKernel(lists.alike && places.areRuns(operands.entries));
    launch(kernel, range.to() - range.from(), range.team(), arguments);
  }

  private Arguments head(Operands operands, States out, int team) {
    return new Arguments()
        .add(operands.x)
        .add(operands.second)
        .add(table)
        .add(operands.entries.x())
        .add(operands.entries.second())
        .add(operands.entries.out())
        .add(coefficients)
        .add((long) plan.count())
        .add(pass.exponent())
        .add(plan.second() == null ? 0 : 1)
        .add(plan.adds() ? 1 : 0)
        .add(out.buffer())
        .add(out.stride())
        .add(team);
  }

  /** Builds the program of a launch: none is to fail after values have come back. */
  void build(Places.Entries entries, Part part, MapPolicy.Launch launch) {
    kernel(entries, part, launch);
  }

  /** Builds that of a launch for listed vectors. */
  void buildListed(Places.Entries entries) {
    listedKernel(places.areRuns(entries));
  }

  private Device.Kernel kernel(Places.Entries entries, Part part, MapPolicy.Launch launch) {
    return areShort(entries, part, launch)
        ? work.device().kernel(pass.program(), "apply_short")
        : work.device().kernel(program(places.areRuns(entries)), "apply_strided");
  }

  private Device.Kernel listedKernel(boolean runs) {
    return work.device().kernel(program(runs), "apply_listed");
  }

  private Program program(boolean runs) {
    return runs ? pass.ofRuns() : pass.program();
  }

  private void launch(Device.Kernel kernel, long units, int team, Arguments arguments) {
    work.queue().launch(kernel, MapPolicy.groups(units, team), MapPolicy.GROUP, arguments);
  }
}
