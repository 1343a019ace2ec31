package dev.norma;

import dev.norma.spi.Backend;
import dev.norma.spi.DeviceMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A copy of elements in memory of a device, or in native memory where the backend has none, until
 * it is closed, or nothing refers to its {@link Elements} any more.
 */
final class Upload implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("dev.norma");
  private static final Cleaner CLEANER = Cleaner.create();

  private final String backend;
  private final DeviceMemory device;
  private final MemorySegment host;
  private final Runnable release;
  private final Set<Upload> open;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  private Upload(DeviceMemory device, Set<Upload> open) {
    this.backend = device.owner().name();
    this.device = device;
    this.host = null;
    this.release = device::close;
    this.open = open;
    open.add(this);
  }

  private Upload(String backend, Arena arena, MemorySegment host, Set<Upload> open) {
    this.backend = backend;
    this.device = null;
    this.host = host;
    this.release = arena::close;
    this.open = open;
    open.add(this);
  }

  /** Copies memory to where the backend computes from it; while open, the copy is in the set. */
  static Upload of(Backend backend, MemorySegment from, Set<Upload> open) {
    Optional<DeviceMemory> device = backend.upload(from);
    return device.isPresent() ? new Upload(device.get(), open) : toHost(backend, from, open);
  }

  @SuppressWarnings("MustBeClosedChecker") // closed with the upload
  private static Upload toHost(Backend backend, MemorySegment from, Set<Upload> open) {
    Arena arena = Arena.ofShared();
    try {
      MemorySegment copy = arena.allocate(from.byteSize(), Long.BYTES).copyFrom(from);
      return new Upload(backend.name(), arena, copy, open);
    } catch (RuntimeException | OutOfMemoryError e) {
      arena.close();
      throw e;
    }
  }

  /** Has this closed, and a line logged, when an object becomes unreachable before. */
  void releaseAfter(Object owner) {
    CLEANER.register(owner, this::closeLeaked);
  }

  private void closeLeaked() {
    if (release()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "a device batch of {0} bytes on {1} was never closed; its memory is released now",
          Long.toString(byteSize()),
          backend);
    }
  }

  String backend() {
    return backend;
  }

  /** Returns the memory of the device, or null. */
  DeviceMemory device() {
    return device;
  }

  /** Returns the native memory where there is none of a device, or null. */
  MemorySegment host() {
    return host;
  }

  long byteSize() {
    return device == null ? host.byteSize() : device.byteSize();
  }

  /** Keeps the memory from being released until {@link #exit}. */
  void enter() {
    lock.readLock().lock();
    if (closed) {
      lock.readLock().unlock();
      throw new IllegalStateException("this device batch is closed");
    }
  }

  void exit() {
    lock.readLock().unlock();
  }

  /** Copies all of it to the host. */
  void read(MemorySegment to) {
    enter();
    try {
      if (device == null) {
        to.copyFrom(host);
      } else {
        device.read(0, to);
      }
    } finally {
      exit();
    }
  }

  @Override
  public void close() {
    release();
  }

  /** Releases the memory after the calls under way, and tells whether it was not before. */
  private boolean release() {
    lock.writeLock().lock();
    try {
      if (closed) {
        return false;
      }
      closed = true;
      release.run();
      return true;
    } finally {
      open.remove(this);
      lock.writeLock().unlock();
    }
  }
}
