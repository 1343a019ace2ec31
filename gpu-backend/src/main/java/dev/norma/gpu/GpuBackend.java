package dev.norma.gpu;

import dev.norma.DeviceException;
import dev.norma.gpu.Device.Buffer;
import dev.norma.gpu.Device.Staging;
import dev.norma.spi.Backend;
import dev.norma.spi.DeviceMemory;
import dev.norma.spi.Plan;
import dev.norma.spi.PlanResult;
import java.lang.foreign.MemorySegment;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Runs plans on a device: where the elements lie, if the device can read them there, and else piece
 * by piece. Every call has a queue and memory of its own, so that calls of many threads wait for
 * nothing but the device.
 */
public final class GpuBackend implements Backend {
  private final Device device;
  private final Deque<Workspace> idle = new ConcurrentLinkedDeque<>();
  private final Set<GpuMemory> memories = ConcurrentHashMap.newKeySet();

  /** Takes a device, which is closed with the backend. */
  public GpuBackend(Device device) {
    this.device = device;
  }

  @Override
  public String name() {
    return device.limits().name();
  }

  @Override
  public PlanResult run(Plan plan) {
    DeviceMemory memory = plan.batch().elements().device();
    if (memory != null) {
      return mine(memory).use((buffer, kept) -> resident(plan, buffer, kept));
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

  private PlanResult resident(Plan plan, Buffer elements, KeptUnits kept) {
    PlanResult result =
        withWorkspace(work -> ResidentRun.run(new Reducer(plan, work), elements, kept));
    plan.progress().add(plan.batch().layout().size());
    return result;
  }

  /** Lets a device that shares the host's memory read the elements there. */
  private Optional<PlanResult> shared(Plan plan) {
    MemorySegment host = plan.batch().elements().segment();
    // A mapped file may be cut short by others: only Java's own reading survives that.
    boolean readable = host.isNative() && !host.isMapped() && host.byteSize() > 0;
    if (!device.limits().sharesMemory() || !readable) {
      return Optional.empty();
    }
    AtomicReference<PlanResult> result = new AtomicReference<>();
    HostGuard.whileOpen(
        host,
        () ->
            device
                .wrap(host)
                .ifPresent(
                    buffer -> {
                      try (buffer) {
                        result.set(resident(plan, buffer, new KeptUnits(0)));
                      }
                    }));
    return Optional.ofNullable(result.get());
  }

  private PlanResult streamed(Plan plan) {
    long piece = LaunchPolicy.pieceBytes(device.limits());
    while (true) {
      long bytes = piece;
      try {
        return withWorkspace(
            first ->
                withWorkspace(second -> StreamedRun.run(new Reducer(plan, first), second, bytes)));
      } catch (DeviceException e) {
        piece = LaunchPolicy.smaller(piece);
        if (e.fault() != DeviceException.Fault.OUT_OF_MEMORY || piece == 0) {
          throw e;
        }
        releaseIdle();
      }
    }
  }

  /** Lends a workspace; one whose call failed is not lent again. */
  private <T> T withWorkspace(Function<Workspace, T> body) {
    Workspace kept = idle.poll();
    Workspace work = kept == null ? new Workspace(device) : kept;
    T result;
    try {
      result = body.apply(work);
    } catch (RuntimeException | Error e) {
      work.abandon(e);
      throw e;
    }
    idle.push(work);
    return result;
  }

  /** Gives back the memory that idle workspaces keep. */
  private void releaseIdle() {
    for (Workspace work = idle.poll(); work != null; work = idle.poll()) {
      work.close();
    }
  }

  @Override
  public Optional<DeviceMemory> upload(MemorySegment from) {
    Buffer buffer = allocate(from.byteSize());
    try {
      withWorkspace(
          first ->
              withWorkspace(
                  second -> {
                    copy(from, buffer, first, second);
                    return null;
                  }));
    } catch (RuntimeException | Error e) {
      buffer.close();
      throw e;
    }
    GpuMemory memory = new GpuMemory(this, buffer, from.byteSize());
    memories.add(memory);
    return Optional.of(memory);
  }

  private Buffer allocate(long bytes) {
    try {
      return device.allocate(bytes);
    } catch (DeviceException e) {
      if (e.fault() != DeviceException.Fault.OUT_OF_MEMORY) {
        throw e;
      }
      releaseIdle();
      return device.allocate(bytes);
    }
  }

  private void copy(MemorySegment from, Buffer to, Workspace first, Workspace second) {
    long piece = LaunchPolicy.pieceBytes(device.limits());
    Workspace work = first;
    for (long at = 0; at < from.byteSize(); at += piece) {
      long bytes = Math.min(piece, from.byteSize() - at);
      Staging staging = work.staging("piece", bytes);
      work.queue().finish();
      MemorySegment.copy(from, at, staging.memory(), 0, bytes);
      work.queue().write(staging, bytes, to, at);
      work = work == first ? second : first;
    }
    first.queue().finish();
    second.queue().finish();
  }

  /** Copies from a buffer to the host. */
  void read(Buffer from, long offset, MemorySegment to) {
    long piece = LaunchPolicy.pieceBytes(device.limits());
    withWorkspace(
        work -> {
          for (long at = 0; at < to.byteSize(); at += piece) {
            long bytes = Math.min(piece, to.byteSize() - at);
            Staging staging = work.staging("piece", bytes);
            work.queue().read(from, offset + at, staging, bytes);
            work.queue().finish();
            MemorySegment.copy(staging.memory(), 0, to, at, bytes);
          }
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
    releaseIdle();
    device.close();
  }
}
