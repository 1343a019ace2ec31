package dev.norma;

import dev.norma.spi.Backend;
import dev.norma.spi.DeviceMemory;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A backend on a device that is opened when it is first needed, and given up after a few failures:
 * each is a warning in the log, once for each cause. Safe for use by many threads.
 */
final class LazyDevice {
  static final int MOST_FAILURES = 3;

  private final String name;
  private final Supplier<Backend> opener;
  private Backend backend;
  private int failures;

  LazyDevice(String name, Supplier<Backend> opener) {
    this.name = name;
    this.opener = opener;
  }

  String name() {
    return name;
  }

  /** Tells whether it has not failed too often. */
  synchronized boolean usable() {
    return failures < MOST_FAILURES;
  }

  /** Does something on the device; returns nothing where it failed or was given up. */
  <T> Optional<T> attempt(Function<Backend, T> work) {
    if (!usable()) {
      return Optional.empty();
    }
    try {
      return Optional.of(work.apply(opened()));
    } catch (DeviceException | UnsupportedOperationException e) {
      failed(e);
      return Optional.empty();
    }
  }

  /** Tells whether the memory is of this device. */
  synchronized boolean owns(DeviceMemory memory) {
    return backend != null && backend.owns(memory);
  }

  private synchronized Backend opened() {
    if (backend == null) {
      backend = open();
    }
    return backend;
  }

  private Backend open() {
    try {
      return opener.get();
    } catch (DeviceException e) {
      throw e;
    } catch (RuntimeException | LinkageError e) {
      throw new DeviceException(DeviceException.Fault.FAILED, "it cannot be opened: " + e, e);
    }
  }

  /** What does not fit, or is not supported, says nothing of what comes after it. */
  private synchronized void failed(RuntimeException cause) {
    if (cause instanceof DeviceException e && e.fault() != DeviceException.Fault.OUT_OF_MEMORY) {
      failures++;
    }
    OnceLog.warn("backend " + name + " failed, the CPU takes over: " + cause.getMessage());
  }

  synchronized void close() {
    if (backend != null) {
      backend.close();
    }
  }
}
