package dev.norma.gpu;

import dev.norma.gpu.Device.Buffer;
import dev.norma.gpu.Device.Event;
import dev.norma.gpu.Device.Staging;
import dev.norma.spi.Backend;
import dev.norma.spi.DeviceCopy;
import dev.norma.spi.DeviceMemory;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Memory of a device that a caller holds; it is released when the last call with it has ended. */
final class GpuMemory implements DeviceMemory {
  private final GpuBackend owner;
  private final Buffer buffer;
  private final long byteSize;
  private final KeptUnits units;
  private int users;
  private boolean closed;

  GpuMemory(GpuBackend owner, Buffer buffer, long byteSize) {
    this.owner = owner;
    this.buffer = buffer;
    this.byteSize = byteSize;
    this.units = new KeptUnits(byteSize);
  }

  /** Copies host memory to new memory of the device. */
  static GpuMemory upload(GpuBackend owner, MemorySegment from, Workspace work) {
    Buffer buffer = work.device().allocate(from.byteSize());
    long piece = Math.min(from.byteSize(), LaunchPolicy.pieceBytes(work.device().limits()));
    Event[] done = new Event[2];
    try {
      for (long at = 0, i = 0; at < from.byteSize(); at += piece, i++) {
        int place = (int) (i % done.length);
        await(done, place);
        long bytes = Math.min(piece, from.byteSize() - at);
        Staging staging = work.staging("piece " + place, piece);
        MemorySegment.copy(from, at, staging.memory(), 0, bytes);
        work.queue().write(staging, bytes, buffer, at);
        done[place] = work.queue().mark();
      }
      work.finish();
    } catch (RuntimeException | Error e) {
      work.finish(e); // copies may still be under way
      buffer.close();
      throw e;
    } finally {
      letGo(done, 0);
      letGo(done, 1);
    }
    return new GpuMemory(owner, buffer, from.byteSize());
  }

  /** Waits for a copy, if there was one. */
  private static void await(Event[] done, int place) {
    if (done[place] != null) {
      done[place].await();
      letGo(done, place);
    }
  }

  private static void letGo(Event[] done, int place) {
    if (done[place] != null) {
      done[place].close();
      done[place] = null;
    }
  }

  /** Copies from a buffer to the host. */
  static void read(Buffer from, long offset, MemorySegment to, Workspace work) {
    long piece = Math.min(to.byteSize(), LaunchPolicy.pieceBytes(work.device().limits()));
    for (long at = 0; at < to.byteSize(); at += piece) {
      long bytes = Math.min(piece, to.byteSize() - at);
      Staging staging = work.staging("piece 0", bytes);
      work.queue().read(from, offset + at, staging, bytes);
      work.finish();
      MemorySegment.copy(staging.memory(), 0, to, at, bytes);
    }
  }

  /** Copies between memories, which are kept from being released meanwhile. */
  static void copy(List<DeviceCopy> copies, Function<DeviceMemory, GpuMemory> own, Workspace work) {
    List<GpuMemory> entered = new ArrayList<>();
    try {
      for (DeviceCopy copy : copies) {
        GpuMemory from = own.apply(copy.from()).enter(entered);
        GpuMemory to = own.apply(copy.to()).enter(entered);
        work.queue().copy(from.buffer, copy.fromByte(), to.buffer, copy.toByte(), copy.bytes());
      }
      work.finish();
    } catch (RuntimeException | Error e) {
      work.finish(e); // copies may still be under way
      throw e;
    } finally {
      entered.forEach(GpuMemory::leave);
    }
  }

  private GpuMemory enter(List<GpuMemory> entered) {
    enter();
    entered.add(this);
    return this;
  }

  @Override
  public Backend owner() {
    return owner;
  }

  @Override
  public long byteSize() {
    return byteSize;
  }

  @Override
  public void read(long offset, MemorySegment to) {
    use(
        (from, kept) -> {
          owner.read(from, offset, to);
          return null;
        });
  }

  /** Calls a function while the memory is kept from being released. */
  <T> T use(BiFunction<Buffer, KeptUnits, T> function) {
    enter();
    try {
      return function.apply(buffer, units);
    } finally {
      leave();
    }
  }

  private synchronized void enter() {
    if (closed) {
      throw new IllegalStateException("this memory of " + owner.name() + " is closed");
    }
    users++;
  }

  private synchronized void leave() {
    users--;
    if (closed && users == 0) {
      release();
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (users == 0) {
      release();
    }
  }

  private void release() {
    units.close();
    buffer.close();
    owner.forget(this);
  }
}
