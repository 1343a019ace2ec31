package dev.norma.gpu;

import dev.norma.gpu.Device.Buffer;
import dev.norma.spi.Backend;
import dev.norma.spi.DeviceMemory;
import java.lang.foreign.MemorySegment;
import java.util.function.BiFunction;

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
    this.units = new KeptUnits(byteSize / 2);
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
