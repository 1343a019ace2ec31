package dev.norma.cpu;

import dev.norma.spi.Finisher;
import dev.norma.spi.MapPlan;
import dev.norma.spi.Plan;
import dev.norma.spi.PlanResult;

/**
 * Reduces some vectors and writes a function of them at once. They are few, a single one where it
 * is not short: so reading and writing alternate within what the processor does at the same time,
 * and DRAM is as busy as when memory is copied.
 */
final class FusedPass {
  /** At most so many elements are reduced before they are written, but for one vector. */
  private static final int GROUP = 1 << 11;

  /** The same for rows that are reduced many at a time. */
  private static final int SHORT_GROUP = 1 << 12;

  /** So many elements at most are worth a task of their own, as each looks up where rows lie. */
  private static final long TASK_ELEMENTS = 1 << 19;

  /** So many tasks a thread, or more, let all finish together. */
  private static final int SHARES = 8;

  private final Plan plan;
  private final Finisher finisher;
  private final MapPlan map;
  private final PlanResult result;
  private final Tasks tasks;
  private final RowPass rows;
  private final int group;
  private final long share;

  FusedPass(Plan plan, Finisher finisher, MapPlan map, Workers workers, PlanResult result) {
    this.plan = plan;
    this.finisher = finisher;
    this.map = map;
    this.result = result;
    tasks = new Tasks(map.batches(), workers);
    rows = new RowPass(plan, workers, result);
    long length = map.x().layout().size() / Math.max(1, plan.count());
    int elements = length <= ShortRows.LONGEST ? SHORT_GROUP : GROUP;
    group = (int) Math.max(1, elements / Math.max(1, length));
    long each = map.x().layout().size() / ((long) SHARES * workers.threads());
    share = Math.clamp(each, Tasks.TASK_ELEMENTS, TASK_ELEMENTS);
  }

  /** Tells whether all vectors are short enough, and lie in one piece. */
  static boolean fits(MapPlan map) {
    return Blocks.fit(map.batches());
  }

  void run() {
    if (plan.count() > 0 && FusedRows.fits(plan, map)) {
      tasks.run(share, this::plainRows);
    } else {
      tasks.run(this::anyRows);
    }
  }

  private void plainRows(Tasks.Range range) {
    FusedRows fused = new FusedRows(plan, finisher, map, result);
    for (int row = range.from(); row < range.to(); row += group) {
      fused.run(row, Math.min(range.to(), row + group));
    }
    plan.progress().add((range.to() - range.from()) * map.x().layout().length(0));
  }

  private void anyRows(Tasks.Range range) {
    RowPass.Reducer reducer = rows.reducer();
    RowMapper mapper = new RowMapper(map);
    for (int vector = range.from(); vector < range.to(); vector += group) {
      int end = Math.min(range.to(), vector + group);
      reducer.vectors(vector, end);
      finisher.finish(result, vector, end);
      mapper.write(vector, end);
    }
    reducer.tellProgress();
  }
}
