package dev.norma.conformance.check;

/** One case in which two backends have to agree. Its name is a recipe: it always holds the same. */
public interface Check {
  /** Returns a name that no other case has. */
  String name();

  /**
   * Computes on both sides and notes down where the results differ.
   *
   * @throws UnsupportedOperationException if the tested side does not know a type or layout
   * @throws RuntimeException if either side fails
   */
  void run(Side tested, Side peer, Differences differences);
}
