package dev.norma.gpu;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * An object of a driver, released once. How many there are is counted for each kind.
 *
 * @param <T> the object's type
 */
public final class Handle<T> implements AutoCloseable {
  private static final Map<String, Long> LIVE = new ConcurrentHashMap<>();

  private final String kind;
  private final T object;
  private final Consumer<T> release;
  private final AtomicBoolean open = new AtomicBoolean(true);

  /**
   * Takes charge of an object that was just created.
   *
   * @param kind what it is, for messages
   * @param object what is released
   * @param release releases it; an error is of no use there: what broke the device was thrown
   *     before
   */
  public Handle(String kind, T object, Consumer<T> release) {
    this.kind = kind;
    this.object = object;
    this.release = release;
    LIVE.merge(kind, 1L, Long::sum);
  }

  /** Returns how many objects there are in this process, of each kind that has any. */
  public static Map<String, Long> live() {
    return Map.copyOf(LIVE);
  }

  /**
   * Returns the object.
   *
   * @throws IllegalStateException if it has been released: the driver would crash
   */
  public T get() {
    if (!open.get()) {
      throw new IllegalStateException("the " + kind + " has been closed");
    }
    return object;
  }

  /** Returns whether it has not been released. */
  public boolean isOpen() {
    return open.get();
  }

  /** Releases the object. Again, it does nothing. */
  @Override
  public void close() {
    if (open.compareAndSet(true, false)) {
      LIVE.computeIfPresent(kind, (key, count) -> count == 1 ? null : count - 1);
      release.accept(object);
    }
  }
}
