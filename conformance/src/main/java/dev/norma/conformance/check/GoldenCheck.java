package dev.norma.conformance.check;

import dev.norma.ElementType;
import dev.norma.conformance.GoldenBits;
import java.util.List;

/** Results that were written down once; the peer is not asked. */
record GoldenCheck(ElementType type) implements Check {
  @Override
  public String name() {
    return "golden bits: " + type;
  }

  @Override
  public void run(Side tested, Side peer, Differences differences) {
    List<String> expected = GoldenBits.expected(type);
    List<String> actual = GoldenBits.lines(type, tested.norma(), tested.backend());
    for (int i = 0; i < expected.size(); i++) {
      String line = expected.get(i);
      String other = actual.get(i);
      if (!line.equals(other)) {
        String what = "line " + (i + 1) + " of " + type + " in " + GoldenBits.FILE;
        differences.add(() -> new Difference(what, "", line, other));
      }
    }
  }
}
