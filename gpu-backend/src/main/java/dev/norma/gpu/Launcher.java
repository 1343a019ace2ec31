package dev.norma.gpu;

import static dev.norma.gpu.LaunchPolicy.COLUMN_GROUP;
import static dev.norma.gpu.LaunchPolicy.ROW_GROUP;
import static dev.norma.gpu.LaunchPolicy.TILE;

import dev.norma.gpu.Device.Buffer;
import dev.norma.gpu.Device.Queue;

/** Starts the kernels of one pass, see the headers in {@code kernels} for what they compute. */
final class Launcher {
  private final Device device;
  private final Queue queue;
  private final Folded pass;

  Launcher(Device device, Queue queue, Folded pass) {
    this.device = device;
    this.queue = queue;
    this.pass = pass;
  }

  /**
   * States in memory: word k of state i is at {@code k * stride + i}.
   *
   * @param buffer the memory
   * @param stride how many states there is room for
   */
  record States(Buffer buffer, long stride) {}

  /**
   * Scales of the vectors or units.
   *
   * @param buffer one number each; any buffer where there are none
   * @param present whether there are any
   */
  record Scales(Buffer buffer, boolean present) {}

  /**
   * Rows at even distances.
   *
   * @param offset where row 0 begins
   * @param vectorStep from one row to the next
   * @param elementStep from one element to the next
   * @param length of a row
   * @param chunks of a row
   * @param team work-items that take a row or a chunk
   */
  record Rows(long offset, long vectorStep, long elementStep, long length, long chunks, int team) {}

  void rows(Buffer elements, Rows rows, long firstUnit, long endUnit, Scales scales, States out) {
    ShortRowPolicy policy = new ShortRowPolicy(rows, pass, device.limits().cpu());
    if (policy.areStaged()) {
      int each = policy.ofGroup(endUnit - firstUnit);
      stagedRows(elements, rows, each, firstUnit, endUnit, scales, out);
      return;
    }
    if (policy.arePaired()) {
      pairedRows(elements, rows, firstUnit, endUnit, scales, out);
      return;
    }
    Arguments arguments =
        new Arguments()
            .add(elements)
            .add(rows.offset)
            .add(rows.vectorStep)
            .add(rows.elementStep)
            .add(rows.length)
            .add(rows.chunks)
            .add(firstUnit)
            .add(endUnit)
            .add(rows.team);
    tail(arguments, scales, out);
    long groups = LaunchPolicy.groups(endUnit - firstUnit, rows.team);
    launch("reduce_rows", groups, ROW_GROUP, arguments);
  }

  private void stagedRows(
      Buffer elements, Rows rows, int each, long first, long end, Scales scales, States out) {
    Arguments arguments = shortRows(elements, rows, first, end).add(each);
    tail(arguments, scales, out);
    launch("reduce_staged", (end - first + each - 1) / each, ROW_GROUP, arguments);
  }

  private void pairedRows(
      Buffer elements, Rows rows, long first, long end, Scales scales, States out) {
    Arguments arguments = shortRows(elements, rows, first, end);
    tail(arguments, scales, out);
    launch(
        "reduce_short",
        LaunchPolicy.groups(end - first, ShortRowPolicy.TEAM),
        ROW_GROUP,
        arguments);
  }

  private static Arguments shortRows(Buffer elements, Rows rows, long first, long end) {
    return new Arguments()
        .add(elements)
        .add(rows.offset)
        .add(rows.vectorStep)
        .add((int) rows.length)
        .add(first)
        .add(end);
  }

  /**
   * Columns of one or several matrices.
   *
   * @param offset where column 0 of matrix 0 begins
   * @param runStep from one matrix to the next
   * @param rowStep from one row to the next
   * @param rows of each matrix
   * @param run columns of each matrix
   * @param first the number of the first column at hand, counted through all matrices
   * @param count how many are at hand
   */
  record Columns(
      long offset, long runStep, long rowStep, long rows, long run, long first, long count) {
    long chunks() {
      return LaunchPolicy.chunks(rows);
    }
  }

  /**
   * Reduces columns; chunk c of column v goes to state {@code (outChunk + c) * outRow + outFirst +
   * v}, and the scale of column v is that of number {@code outFirst + v}.
   */
  void columns(
      Buffer elements,
      Columns columns,
      Scales scales,
      States out,
      long outRow,
      long outChunk,
      long outFirst) {
    long tiles = (columns.run + TILE - 1) / TILE;
    long firstRun = columns.first / columns.run;
    long runs = (columns.first + columns.count - 1) / columns.run - firstRun + 1;
    Arguments arguments =
        new Arguments()
            .add(elements)
            .add(columns.offset)
            .add(columns.runStep)
            .add(columns.rowStep)
            .add(columns.rows)
            .add(columns.run)
            .add(tiles)
            .add(firstRun)
            .add(columns.chunks())
            .add(columns.first)
            .add(columns.count);
    tail(arguments, scales, out);
    arguments.add(outRow).add(outChunk).add(outFirst);
    launch("reduce_columns", runs * columns.chunks() * tiles, COLUMN_GROUP, arguments);
  }

  /**
   * Units in the memory of the device.
   *
   * @param starts see {@link UnitList}
   * @param froms see {@link UnitList}
   * @param lengths see {@link UnitList}
   * @param outs see {@link UnitList}
   */
  record Units(Buffer starts, Buffer froms, Buffer lengths, Buffer outs) {
    static Units put(Workspace work, String role, UnitList units) {
      return put(work, role, units, units.starts, units.froms);
    }

    /** Copies units to the device that lie elsewhere than their list says. */
    static Units put(Workspace work, String role, UnitList units, long[] starts, long[] froms) {
      return new Units(
          work.put(role + " starts", starts),
          work.put(role + " froms", froms),
          work.put(role + " lengths", units.lengths),
          work.put(role + " outs", units.outs));
    }
  }

  /**
   * How the elements of a vector follow each other.
   *
   * @param buffer the sizes, then the steps, of the axes
   * @param rank how many there are
   */
  record Steps(Buffer buffer, int rank) {}

  void listed(
      Buffer elements,
      long offset,
      Units units,
      UnitList.Range range,
      Steps steps,
      Scales scales,
      States out) {
    Arguments arguments =
        new Arguments()
            .add(elements)
            .add(offset)
            .add(units.starts)
            .add(units.froms)
            .add(units.lengths)
            .add(units.outs)
            .add((long) range.from())
            .add((long) range.to())
            .add(range.team())
            .add(steps.buffer)
            .add(steps.rank);
    tail(arguments, scales, out);
    long groups = LaunchPolicy.groups(range.to() - range.from(), range.team());
    launch("reduce_listed", groups, ROW_GROUP, arguments);
  }

  /** Folds states, each {@code step} behind the one before, to states of the next level. */
  void fold(States in, long step, Units units, UnitList.Range range, States out) {
    Arguments arguments =
        new Arguments()
            .add(in.buffer)
            .add(in.stride)
            .add(step)
            .add(units.starts)
            .add(units.froms)
            .add(units.lengths)
            .add(units.outs)
            .add((long) range.from())
            .add((long) range.to())
            .add(range.team())
            .add(out.buffer)
            .add(out.stride);
    long groups = LaunchPolicy.groups(range.to() - range.from(), range.team());
    launch("fold_listed", groups, ROW_GROUP, arguments);
  }

  private void tail(Arguments arguments, Scales scales, States out) {
    arguments
        .add(scales.buffer)
        .add(scales.present ? 1 : 0)
        .add(pass.exponent())
        .add(out.buffer)
        .add(out.stride);
  }

  private void launch(String name, long groups, int groupSize, Arguments arguments) {
    if (groups > 0) {
      queue.launch(device.kernel(pass.program(), name), groups, groupSize, arguments);
    }
  }
}
