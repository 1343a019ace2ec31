package dev.norma.conformance.check;

import java.util.List;

/**
 * What came of a case.
 *
 * @param name the case
 * @param kind what came of it
 * @param reason why it failed or is not supported, or nothing
 * @param first the first results that differ
 * @param differences how many differ
 */
public record Outcome(
    String name, Kind kind, String reason, List<Difference> first, long differences) {
  /** What can come of a case. */
  public enum Kind {
    /** All bits are equal. */
    EQUAL("equal"),
    /** Some bits differ. */
    DIFFERENT("different"),
    /** Something was thrown. */
    FAILED("failed"),
    /** The tested backend does not know a type or layout, and says so. */
    UNSUPPORTED("not supported");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** Returns what came of something that was not compared but failed. */
  public static Outcome failed(String name, Throwable failure) {
    return new Outcome(name, Kind.FAILED, reason(failure), List.of(), 0);
  }

  /** Runs a case; whatever it throws is its outcome, but for errors that end the program. */
  public static Outcome of(Check check, Side tested, Side peer) {
    Differences found = new Differences();
    Kind kind = Kind.EQUAL;
    String reason = "";
    try {
      check.run(tested, peer, found);
      kind = found.count() == 0 ? Kind.EQUAL : Kind.DIFFERENT;
    } catch (UnsupportedOperationException e) {
      kind = found.count() == 0 ? Kind.UNSUPPORTED : Kind.DIFFERENT;
      reason = reason(e);
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      kind = Kind.FAILED;
      reason = reason(e);
    }
    return new Outcome(check.name(), kind, reason, found.first(), found.count());
  }

  /** Tells whether this is no reason for concern. */
  public boolean isFine() {
    return kind == Kind.EQUAL || kind == Kind.UNSUPPORTED;
  }

  /** Names the class of the failure and of its causes, and the place, since messages mislead. */
  private static String reason(Throwable failure) {
    StringBuilder reason = new StringBuilder(failure.toString());
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      reason.append("; cause: ").append(cause);
    }
    StackTraceElement[] trace = failure.getStackTrace();
    return trace.length == 0 ? reason.toString() : reason + " (at " + trace[0] + ")";
  }
}
