package dev.norma.benchmarks;

import java.util.concurrent.atomic.AtomicInteger;

/** Copies the same memory, by as many threads, and does nothing else. */
final class CopyYardstick implements Yardstick {
  /**
   * The threads copy so many elements at a time. For 2.5 MiB and more, Java would store past the
   * caches, which no loop of its own can do.
   */
  private static final int PART = 1 << 17;

  private final Object from;
  private final Object to;
  private final int length;
  private final Team team;

  CopyYardstick(Matrix from, Matrix to, Team team) {
    this.from = from.elements().array();
    this.to = to.elements().array();
    this.length = Math.toIntExact(from.elements().length());
    this.team = team;
  }

  /** Returns the number of elements copied. */
  @Override
  public long run() {
    AtomicInteger next = new AtomicInteger();
    team.run(
        thread -> {
          for (int at = next.getAndAdd(PART); at < length; at = next.getAndAdd(PART)) {
            System.arraycopy(from, at, to, at, Math.min(PART, length - at));
          }
        });
    return length;
  }
}
