package dev.norma.gpu;

import static dev.norma.gpu.LaunchPolicy.CHUNK;

import dev.norma.Batch;
import dev.norma.gpu.LaunchPolicy.Walk;
import dev.norma.spi.MapPlan;
import dev.norma.spi.StridedLayout;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * How a function of elements is spread over a device, like reductions by {@link LaunchPolicy}: a
 * pure function of how the vectors lie.
 */
final class MapPolicy {
  /** Work-items of a group, as in reduction.h. */
  static final int GROUP = 256;

  /** Work-items of a column of which the values are written: 128 columns then make a group. */
  private static final int COLUMN_TEAM = 2;

  /**
   * Work-items of a row of two bytes each that begins or ends within a sector of memory: as many as
   * a sector has elements, so that they take a part of one together.
   */
  private static final int SHORT_TEAM = 16;

  /** A work-item loads so many elements before it needs the first. */
  private static final int LOADED = 8;

  /** Fewer columns than this are walked one by one. */
  private static final int FEWEST_COLUMNS = 8;

  private MapPolicy() {}

  /**
   * How a function is applied.
   *
   * @param walk along the vectors, or across them, or by a list
   * @param team how many work-items take a unit; of a list, its range says it
   * @param chunks of a vector; of a list, they differ, and this is 0
   */
  record Launch(Walk walk, int team, long chunks) {
    boolean across() {
      return walk == Walk.COLUMNS;
    }

    @Override
    public String toString() {
      String name = walk.name().toLowerCase(Locale.ROOT);
      return walk == Walk.LISTED ? name : name + ": teams of " + team + ", " + chunks + " chunks";
    }
  }

  /** Returns how a plan of at least one element is run. */
  static Launch of(MapPlan plan) {
    if (!plan.batches().stream().allMatch(batch -> batch.layout() instanceof StridedLayout)) {
      return new Launch(Walk.LISTED, LaunchPolicy.LARGEST_TEAM, 0);
    }
    long length = plan.x().layout().length(0);
    boolean sums = plan.out() == null;
    // Writing here and there costs more than reading there.
    boolean columns = length > 1 && isAcross(sums ? plan.x() : plan.out());
    int team = sums ? LaunchPolicy.team(length) : writingTeam(plan.out(), length, columns);
    return new Launch(columns ? Walk.COLUMNS : Walk.ROWS, team, LaunchPolicy.chunks(length));
  }

  private static int writingTeam(Batch out, long length, boolean columns) {
    if (columns) {
      return Math.min(LaunchPolicy.team(length), COLUMN_TEAM);
    }
    boolean large = length >= SHORT_TEAM * LOADED && hasPartsOfSectors(out);
    return large ? SHORT_TEAM : LaunchPolicy.team(length);
  }

  /** Tells whether vectors of two bytes each begin or end within a sector. */
  private static boolean hasPartsOfSectors(Batch batch) {
    StridedLayout layout = (StridedLayout) batch.layout();
    long starts = layout.start(0) | layout.vectors().innerStride() | layout.length(0);
    return batch.type().bytes() == Short.BYTES && starts % SHORT_TEAM != 0;
  }

  private static boolean isAcross(Batch batch) {
    StridedLayout layout = (StridedLayout) batch.layout();
    return layout.count() >= FEWEST_COLUMNS
        && Math.abs(layout.vectors().innerStride()) < Math.abs(layout.elements().innerStride());
  }

  /** Returns how many groups take so many units. */
  static long groups(long units, int team) {
    int perGroup = GROUP / team;
    return (units + perGroup - 1) / perGroup;
  }

  /** Returns what goes to the device, where it lies on the host. */
  static List<Batch> operands(MapPlan plan) {
    Stream<Batch> read = Stream.of(plan.x(), plan.second()).filter(Objects::nonNull);
    return plan.adds() ? Stream.concat(read, Stream.of(plan.out())).toList() : read.toList();
  }

  /** Returns the bytes of a piece of all operands, from the host. */
  static long pieceBytes(Limits limits, MapPlan plan) {
    long elements = Math.multiplyExact(plan.x().layout().size(), (long) operands(plan).size());
    long bytes = Math.multiplyExact(elements, (long) plan.x().type().bytes());
    return Math.min(bytes, LaunchPolicy.pieceBytes(limits));
  }

  /** Returns how many elements of each operand a piece of so many bytes has: at least a chunk. */
  static long pieceElements(long bytes, MapPlan plan) {
    return Math.max(CHUNK, bytes / plan.x().type().bytes() / operands(plan).size());
  }
}
