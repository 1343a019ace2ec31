package dev.norma.gpu.cuda;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Integer arithmetic of the PTX interpreter, against exact arithmetic. */
@RequiresTestDriver
class PtxIntegerTest {
  private static final BigInteger WORD = BigInteger.ONE.shiftLeft(64);

  /** An operation on exact integers. */
  private interface Exact {
    BigInteger of(BigInteger a, BigInteger b, BigInteger c);
  }

  private static int bits(String type) {
    return Integer.parseInt(type.substring(1));
  }

  /** Returns the integer that bits stand for. */
  private static BigInteger value(String type, long bits) {
    BigInteger plain = BigInteger.valueOf(bits).mod(WORD);
    boolean negative = type.charAt(0) == 's' && plain.testBit(bits(type) - 1);
    return negative ? plain.subtract(BigInteger.ONE.shiftLeft(bits(type))) : plain;
  }

  private static PtxOperation operation(
      String name, String type, String destination, String last, int sources, Exact exact) {
    String types = String.join(" ", List.of(type, type, last).subList(0, sources));
    return PtxOperation.of(
        name + "." + type,
        destination,
        types,
        (a, b, c, d) ->
            exact.of(value(type, a), value(type, b), value(last, c)).mod(WORD).longValue());
  }

  private static PtxOperation operation(String name, String type, int sources, Exact exact) {
    return operation(name, type, type, type, sources, exact);
  }

  private static BigInteger quotient(BigInteger a, BigInteger b) {
    return b.signum() == 0 ? BigInteger.ONE.negate() : a.divide(b);
  }

  private static BigInteger remainder(BigInteger a, BigInteger b) {
    return b.signum() == 0 ? a : a.remainder(b);
  }

  private static List<PtxOperation> operations(String type) {
    int bits = bits(type);
    return List.of(
        operation("add", type, 2, (a, b, c) -> a.add(b)),
        operation("sub", type, 2, (a, b, c) -> a.subtract(b)),
        operation("mul.lo", type, 2, (a, b, c) -> a.multiply(b)),
        operation("mul.hi", type, 2, (a, b, c) -> a.multiply(b).shiftRight(bits)),
        operation("mad.lo", type, 3, (a, b, c) -> a.multiply(b).add(c)),
        operation("mad.hi", type, 3, (a, b, c) -> a.multiply(b).shiftRight(bits).add(c)),
        operation("div", type, 2, (a, b, c) -> quotient(a, b)),
        operation("rem", type, 2, (a, b, c) -> remainder(a, b)),
        operation("min", type, 2, (a, b, c) -> a.min(b)),
        operation("max", type, 2, (a, b, c) -> a.max(b)));
  }

  static List<PtxOperation> all() {
    List<PtxOperation> all = new ArrayList<>();
    for (String type : List.of("u16", "s16", "u32", "s32", "u64", "s64")) {
      all.addAll(operations(type));
    }
    for (String type : List.of("s16", "s32", "s64")) {
      all.add(operation("neg", type, 1, (a, b, c) -> a.negate()));
      all.add(operation("abs", type, 1, (a, b, c) -> a.abs()));
    }
    for (String type : List.of("u16", "s16", "u32", "s32")) {
      String wide = type.charAt(0) + "" + 2 * bits(type);
      all.add(operation("mul.wide", type, wide, type, 2, (a, b, c) -> a.multiply(b)));
      all.add(operation("mad.wide", type, wide, wide, 3, (a, b, c) -> a.multiply(b).add(c)));
    }
    return all;
  }

  @Test
  void everyOpcodeIsExact() {
    PtxOperation.check(all());
  }
}
