package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Comparison and selection of the PTX interpreter, against Java's. */
@RequiresTestDriver
class PtxComparisonTest {
  private static final int UNORDERED = 2;

  /** Compares as Java does; with a NaN, the result is that there is no order. */
  private static int compare(String type, long a, long b) {
    if (type.charAt(0) == 'f') {
      double x = type.equals("f64") ? Double.longBitsToDouble(a) : Float.intBitsToFloat((int) a);
      double y = type.equals("f64") ? Double.longBitsToDouble(b) : Float.intBitsToFloat((int) b);
      return Double.isNaN(x) || Double.isNaN(y) ? UNORDERED : x < y ? -1 : x > y ? 1 : 0;
    }
    int above = 64 - Integer.parseInt(type.substring(1));
    return type.charAt(0) == 's'
        ? Long.compare(a << above, b << above)
        : Long.compareUnsigned(a, b);
  }

  private static boolean holds(String how, int order) {
    return switch (how) {
      case "eq" -> order == 0;
      case "ne" -> Math.abs(order) == 1;
      case "lt", "lo" -> order == -1;
      case "le", "ls" -> order == -1 || order == 0;
      case "gt", "hi" -> order == 1;
      case "ge", "hs" -> order == 1 || order == 0;
      case "num" -> order != UNORDERED;
      case "nan" -> order == UNORDERED;
      default -> order == UNORDERED || holds(how.substring(0, 2), order);
    };
  }

  private static long combine(String how, long a, long b) {
    return switch (how) {
      case ".and" -> a & b;
      case ".or" -> a | b;
      default -> a ^ b;
    };
  }

  private static List<PtxOperation> comparisons(String how, String type) {
    String two = type + " " + type;
    List<PtxOperation> all = new ArrayList<>();
    all.add(
        PtxOperation.of(
            "setp." + how + "." + type,
            "pred",
            two,
            (a, b, c, d) -> holds(how, compare(type, a, b)) ? 1 : 0));
    for (String with : List.of(".and", ".or", ".xor")) {
      all.add(
          PtxOperation.of(
              "setp." + how + with + "." + type,
              "pred",
              two + " pred",
              (a, b, c, d) -> combine(with, holds(how, compare(type, a, b)) ? 1 : 0, c)));
    }
    return all;
  }

  private static List<String> comparisons(String type) {
    return switch (type.charAt(0)) {
      case 'b' -> List.of("eq", "ne");
      case 's' -> List.of("eq", "ne", "lt", "le", "gt", "ge");
      case 'u' -> List.of("eq", "ne", "lt", "le", "gt", "ge", "lo", "ls", "hi", "hs");
      default ->
          List.of(
              "eq", "ne", "lt", "le", "gt", "ge", "equ", "neu", "ltu", "leu", "gtu", "geu", "num",
              "nan");
    };
  }

  private static List<PtxOperation> ofType(String type) {
    List<PtxOperation> all = new ArrayList<>();
    for (String how : comparisons(type)) {
      all.addAll(comparisons(how, type));
    }
    all.add(
        PtxOperation.of(
            "selp." + type, type, type + " " + type + " pred", (a, b, c, d) -> c == 1 ? a : b));
    return all;
  }

  static List<PtxOperation> all() {
    List<PtxOperation> all = new ArrayList<>();
    for (int bits : new int[] {16, 32, 64}) {
      for (String kind : bits == 16 ? List.of("b", "u", "s") : List.of("b", "u", "s", "f")) {
        all.addAll(ofType(kind + bits));
      }
    }
    return all;
  }

  @Test
  void everyOpcodeIsThatOfJava() {
    PtxOperation.check(all());
  }

  /** setp p|q, a, b, !c: q has the opposite comparison, and c is negated for both. */
  @Test
  void aPairHoldsBothComparisons() {
    String body =
        """
        ld.global.u64 %q4, [%a0];
        ld.global.u64 %q5, [%a0+8];
        ld.global.u64 %q6, [%a0+16];
        setp.ne.s64 %p6, %q6, 0;
        setp.lt.and.s64 %p10|%p11, %q4, %q5, !%p6;
        selp.b64 %q11, 2, 0, %p11;
        selp.b64 %q12, 1, 0, %p10;
        or.b64 %q10, %q11, %q12;
        st.global.u64 [%a1], %q10;
        """;
    long[][] cases = {{0, 1, 0, 1}, {1, 1, 0, 2}, {0, 1, 1, 0}, {1, 1, 1, 0}};
    try (PtxMachine machine = new PtxMachine()) {
      long out = machine.allocate(8);
      for (long[] c : cases) {
        long in = machine.upload(c);
        assertEquals(0, machine.run(body, 1, 1, in, out), TestDriver::report);
        assertEquals(c[3], machine.download(out, 1)[0]);
        PtxMachine.free(in);
      }
      PtxMachine.free(out);
    }
  }
}
