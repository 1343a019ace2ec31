package dev.norma.conformance;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.opentest4j.TestAbortedException;

/** Counts the cases that a backend refuses, so that none of them passes in silence. */
final class Unsupported {
  private static final Map<String, List<String>> CASES = new ConcurrentHashMap<>();

  private Unsupported() {}

  /** Runs a case; one that the backend refuses is counted and reported as aborted. */
  static void unlessRefused(String backend, String name, Runnable test) {
    try {
      test.run();
    } catch (UnsupportedOperationException e) {
      CASES.computeIfAbsent(backend, b -> new CopyOnWriteArrayList<>()).add(name);
      throw new TestAbortedException("not supported by " + backend + ": " + name, e);
    }
  }

  /** Prints how many cases each backend refused, and which, and starts anew. */
  static void report() {
    CASES.forEach(
        (backend, cases) ->
            System.out.println(
                backend
                    + ": not supported: "
                    + cases.size()
                    + " cases: "
                    + String.join("; ", cases)));
    CASES.clear();
  }
}
