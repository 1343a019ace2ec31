package dev.norma.gpu;

import dev.norma.Batch;
import dev.norma.gpu.Device.Buffer;
import dev.norma.spi.DeviceMemory;
import dev.norma.spi.MapPlan;
import dev.norma.spi.PairSums;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Applies functions of elements on a device: to what is in its memory, and else to what comes from
 * the host piece by piece, and goes back there.
 */
final class Functions {
  private final Limits limits;
  private final Workspaces workspaces;
  private final Function<DeviceMemory, GpuMemory> mine;

  /** Takes a device, and what tells its memory from that of others. */
  Functions(Limits limits, Workspaces workspaces, Function<DeviceMemory, GpuMemory> mine) {
    this.limits = limits;
    this.workspaces = workspaces;
    this.mine = mine;
  }

  void map(MapPlan plan) {
    if (plan.x().layout().size() == 0) {
      return;
    }
    Written target = new Written();
    run(
        plan,
        (work, start) -> {
          target.guarded(
              () -> {
                start.accept(target);
                work.finish();
              });
          return target;
        });
  }

  PairSums sum(MapPlan plan) {
    if (plan.x().layout().size() == 0) {
      return new PairSums(plan.count());
    }
    return run(
        plan,
        (work, start) -> {
          Summed target = new Summed(plan, work);
          start.accept(target);
          return target.read();
        });
  }

  /** What is done with a workspace, given what starts the kernels for a target. */
  private interface Call<T> {
    T run(Workspace work, Consumer<Target> start);
  }

  private <T> T run(MapPlan plan, Call<T> call) {
    return plan.x().elements().device() == null ? streamed(plan, call) : resident(plan, call);
  }

  private <T> T streamed(MapPlan plan, Call<T> call) {
    return workspaces.lend(
        MapPolicy.pieceBytes(limits, plan),
        (work, bytes) -> call.run(work, target -> StreamedMap.run(plan, work, target, bytes)));
  }

  private <T> T resident(MapPlan plan, Call<T> call) {
    return mine.apply(plan.x().elements().device())
        .use(
            (x, kept) ->
                with(
                    plan.second(),
                    x,
                    second ->
                        with(plan.out(), x, out -> resident(plan, call, x, second, out, kept))));
  }

  /** Calls a function with the memory of a batch, or with some other where there is none. */
  private <T> T with(Batch batch, Buffer otherwise, Function<Buffer, T> body) {
    return batch == null
        ? body.apply(otherwise)
        : mine.apply(batch.elements().device()).use((buffer, kept) -> body.apply(buffer));
  }

  private <T> T resident(
      MapPlan plan, Call<T> call, Buffer x, Buffer second, Buffer out, KeptUnits kept) {
    ResidentMap.Memory memory = new ResidentMap.Memory(x, second, out, kept);
    return workspaces.lend(
        work -> call.run(work, target -> ResidentMap.start(plan, work, target, memory)));
  }
}
