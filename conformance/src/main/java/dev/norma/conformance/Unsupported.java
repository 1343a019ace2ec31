package dev.norma.conformance;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
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

  /** Returns a line for each backend that refused cases: how many and which. Starts anew. */
  static String report() {
    String report =
        CASES.entrySet().stream()
            .map(entry -> line(entry.getKey(), entry.getValue()))
            .sorted()
            .collect(Collectors.joining("\n"));
    CASES.clear();
    return report;
  }

  private static String line(String backend, List<String> cases) {
    return "%s: not supported: %d cases: %s"
        .formatted(backend, cases.size(), String.join("; ", cases));
  }
}
