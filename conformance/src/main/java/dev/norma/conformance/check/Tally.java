package dev.norma.conformance.check;

import dev.norma.conformance.check.Outcome.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What came of many cases: how many are equal, and all about the others. */
public final class Tally {
  private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
  private final List<Outcome> others = new ArrayList<>();

  /** Takes in what came of one more case. */
  public void add(Outcome outcome) {
    counts.merge(outcome.kind(), 1, Integer::sum);
    if (outcome.kind() != Kind.EQUAL) {
      others.add(outcome);
    }
  }

  /** Returns how many cases came to this. */
  public int count(Kind kind) {
    return counts.getOrDefault(kind, 0);
  }

  /** Returns the cases that differ or failed, in the order in which they ran. */
  public List<Outcome> wrong() {
    return others.stream().filter(outcome -> !outcome.isFine()).toList();
  }

  /** Returns the cases that are not supported. */
  public List<Outcome> unsupported() {
    return others.stream().filter(Outcome::isFine).toList();
  }

  /** Tells whether some case is equal, and none differs or failed. */
  public boolean isFine() {
    return count(Kind.EQUAL) > 0 && wrong().isEmpty();
  }

  /** Returns the counts in words. */
  @Override
  public String toString() {
    int all = counts.values().stream().mapToInt(Integer::intValue).sum();
    return Arrays.stream(Kind.values())
        .map(kind -> count(kind) + " " + kind)
        .collect(Collectors.joining(", ", all + " cases: ", ""));
  }
}
