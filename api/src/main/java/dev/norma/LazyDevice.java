package dev.norma;

import dev.norma.spi.Backend;
import dev.norma.spi.Costs;
import dev.norma.spi.DeviceMemory;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A backend on a device that is opened when it is first needed, and given up after a few failures
 * with no success between them: each is a warning in the log, once for each cause, and so is that
 * it was given up. Safe for use by many threads.
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
    Optional<T> done = attempt(work, LazyDevice::speaksAgainstTheDevice);
    if (done.isPresent()) {
      succeeded();
    }
    return done;
  }

  /**
   * Returns what the device takes, or nothing where that is not known. Without it the device is of
   * no use and each attempt takes long, so that every failure counts; costs that were measured long
   * ago say nothing of whether it still works, so that no success does.
   */
  Optional<Costs> costs(Function<Backend, Optional<Costs>> calibration) {
    return attempt(calibration, e -> true).flatMap(Function.identity());
  }

  private <T> Optional<T> attempt(Function<Backend, T> work, Predicate<RuntimeException> counts) {
    if (!usable()) {
      return Optional.empty();
    }
    try {
      return Optional.of(work.apply(opened()));
    } catch (DeviceException | UnsupportedOperationException e) {
      OnceLog.warn("backend " + name + " failed, the CPU takes over: " + e.getMessage());
      if (counts.test(e)) {
        failed();
      }
      return Optional.empty();
    }
  }

  /** What does not fit, or is not supported, says nothing of what comes after it. */
  private static boolean speaksAgainstTheDevice(RuntimeException cause) {
    return cause instanceof DeviceException e && e.fault() != DeviceException.Fault.OUT_OF_MEMORY;
  }

  private synchronized void failed() {
    failures++;
    if (failures == MOST_FAILURES) {
      OnceLog.warn("backend " + name + " is given up after " + failures + " failures");
    }
  }

  /** A success that was still under way does not take back that the device was given up. */
  private synchronized void succeeded() {
    if (usable()) {
      failures = 0;
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

  synchronized void close() {
    if (backend != null) {
      backend.close();
    }
  }
}
