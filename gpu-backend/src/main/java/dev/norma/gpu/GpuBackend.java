package dev.norma.gpu;

import dev.norma.DifferenceBatch;
import dev.norma.gpu.Device.Buffer;
import dev.norma.spi.Backend;
import dev.norma.spi.DeviceCopy;
import dev.norma.spi.DeviceMemory;
import dev.norma.spi.Extent;
import dev.norma.spi.MapPlan;
import dev.norma.spi.PairSums;
import dev.norma.spi.Plan;
import dev.norma.spi.PlanResult;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Runs plans on a device: where the elements lie, if the device can read them there, and else piece
 * by piece. Every call has queues and memory of its own, so that calls of many threads wait for
 * nothing but the device.
 */
public final class GpuBackend implements Backend {
  private final Device device;
  private final Workspaces workspaces;
  private final Functions functions;
  private final Set<GpuMemory> memories = ConcurrentHashMap.newKeySet();

  /** Takes a device, which is closed with the backend. */
  public GpuBackend(Device device) {
    this.device = device;
    this.workspaces = new Workspaces(device);
    this.functions = new Functions(device.limits(), workspaces, this::mine);
  }

  @Override
  public String name() {
    return device.limits().name();
  }

  @Override
  public PlanResult run(Plan plan) {
    if (plan.batch() instanceof DifferenceBatch) {
      return streamed(plan); // no memory holds them
    }
    DeviceMemory memory = plan.batch().elements().device();
    if (memory != null) {
      return mine(memory).use((buffer, kept) -> resident(plan, buffer, 0, kept));
    }
    return shared(plan).orElseGet(() -> streamed(plan));
  }

  private GpuMemory mine(DeviceMemory memory) {
    if (memory instanceof GpuMemory gpu && gpu.owner() == this) {
      return gpu;
    }
    throw new IllegalArgumentException(
        "batch: it lies in memory of " + memory.owner().name() + ", and " + name() + " computes");
  }

  private PlanResult resident(Plan plan, Buffer elements, long origin, KeptUnits kept) {
    PlanResult result =
        workspaces.lend(work -> ResidentRun.run(new Reducer(plan, work), elements, origin, kept));
    plan.progress().add(plan.batch().layout().size());
    return result;
  }

  /** Lets a device that shares the host's memory read the elements there, where it can. */
  private Optional<PlanResult> shared(Plan plan) {
    MemorySegment host = plan.batch().elements().segment();
    // A mapped file may be cut short by others: only Java's own reading survives that.
    if (!device.limits().sharesMemory() || !host.isNative() || host.isMapped()) {
      return Optional.empty();
    }
    AtomicReference<PlanResult> result = new AtomicReference<>();
    HostGuard.whileOpen(host, () -> shared(plan, host).ifPresent(result::set));
    return Optional.ofNullable(result.get());
  }

  /** Reads no more of the memory than the vectors need, from an address that the device takes. */
  private Optional<PlanResult> shared(Plan plan, MemorySegment host) {
    int size = plan.batch().type().bytes();
    Extent extent = plan.batch().layout().extent();
    long from = extent.from() * size;
    from -= Math.min(from, Math.floorMod(host.address() + from, device.limits().alignment()));
    long origin = from / size;
    if (origin * size != from) {
      return Optional.empty(); // elements do not begin where memory may
    }
    return device
        .wrap(host.asSlice(from, extent.to() * size - from))
        .map(
            buffer -> {
              try (buffer) {
                return resident(plan, buffer, origin, new KeptUnits(0));
              }
            });
  }

  private PlanResult streamed(Plan plan) {
    long piece = LaunchPolicy.of(device.limits(), plan.batch()).pieceBytes();
    return workspaces.lend(piece, (work, bytes) -> StreamedRun.run(new Reducer(plan, work), bytes));
  }

  @Override
  public void map(MapPlan plan) {
    functions.map(plan);
  }

  @Override
  public PairSums sum(MapPlan plan) {
    return functions.sum(plan);
  }

  @Override
  public Optional<DeviceMemory> upload(MemorySegment from) {
    return Optional.of(kept(work -> GpuMemory.upload(this, from, work)));
  }

  /** Makes memory that is released with this backend at the latest. */
  private GpuMemory kept(Function<Workspace, GpuMemory> make) {
    GpuMemory memory = workspaces.lend(make);
    memories.add(memory);
    return memory;
  }

  @Override
  public DeviceMemory allocate(long bytes) {
    return kept(work -> new GpuMemory(this, work.device().allocate(bytes), bytes));
  }

  @Override
  public void copy(List<DeviceCopy> copies) {
    workspaces.lend(
        work -> {
          GpuMemory.copy(copies, this::mine, work);
          return null;
        });
  }

  /** Copies from a buffer to the host. */
  void read(Buffer from, long offset, MemorySegment to) {
    workspaces.lend(
        work -> {
          GpuMemory.read(from, offset, to, work);
          return null;
        });
  }

  /** Called by memory that was released. */
  void forget(GpuMemory memory) {
    memories.remove(memory);
  }

  @Override
  public void close() {
    memories.forEach(GpuMemory::close);
    workspaces.close();
    device.close();
  }
}
