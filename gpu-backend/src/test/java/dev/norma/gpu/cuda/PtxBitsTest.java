package dev.norma.gpu.cuda;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Logic, shifts and fields of bits of the PTX interpreter, against Java's. */
@RequiresTestDriver
class PtxBitsTest {
  private static long signed(int bits, long value) {
    return value << (64 - bits) >> (64 - bits);
  }

  private static long shift(long value, long by, int bits, boolean left) {
    if (by >= bits) {
      return !left && value < 0 ? -1 : 0;
    }
    return left ? value << by : value >> by;
  }

  private static List<PtxOperation> logic(int bits) {
    String b = "b" + bits;
    String two = b + " " + b;
    String by = b + " u32";
    return List.of(
        PtxOperation.of("and." + b, b, two, (x, y, z, t) -> x & y),
        PtxOperation.of("or." + b, b, two, (x, y, z, t) -> x | y),
        PtxOperation.of("xor." + b, b, two, (x, y, z, t) -> x ^ y),
        PtxOperation.of("not." + b, b, b, (x, y, z, t) -> ~x),
        PtxOperation.of("shl." + b, b, by, (x, y, z, t) -> shift(x, y, bits, true)),
        PtxOperation.of("shr.b" + bits, b, by, (x, y, z, t) -> y >= bits ? 0 : x >>> y),
        PtxOperation.of("shr.u" + bits, b, by, (x, y, z, t) -> y >= bits ? 0 : x >>> y),
        PtxOperation.of(
            "shr.s" + bits, b, by, (x, y, z, t) -> shift(signed(bits, x), y, bits, false)));
  }

  /** A field, bit by bit as PTX describes it. */
  private static long extract(long value, long start, long length, int bits, boolean sign) {
    long position = start & 255;
    long count = length & 255;
    long last = Math.min(position + count - 1, bits - 1);
    boolean fill = sign && count > 0 && ((value >>> last) & 1) != 0;
    long result = 0;
    for (int i = 0; i < bits; i++) {
      boolean inside = i < count && position + i < bits;
      boolean set = inside ? ((value >>> (position + i)) & 1) != 0 : fill;
      result |= set ? 1L << i : 0;
    }
    return result;
  }

  private static long insert(long from, long into, long start, long length, int bits) {
    long result = into;
    for (int i = 0; i < (length & 255) && (start & 255) + i < bits; i++) {
      long bit = 1L << ((start & 255) + i);
      result = ((from >>> i) & 1) != 0 ? result | bit : result & ~bit;
    }
    return result;
  }

  private static List<PtxOperation> fields(int bits) {
    String b = "b" + bits;
    String field = b + " u32 u32";
    int above = 64 - bits;
    return List.of(
        PtxOperation.of("popc." + b, "u32", b, (x, y, z, t) -> Long.bitCount(x)),
        PtxOperation.of("clz." + b, "u32", b, (x, y, z, t) -> Long.numberOfLeadingZeros(x) - above),
        PtxOperation.of("brev." + b, b, b, (x, y, z, t) -> Long.reverse(x) >>> above),
        PtxOperation.of("bfe.u" + bits, b, field, (x, y, z, t) -> extract(x, y, z, bits, false)),
        PtxOperation.of("bfe.s" + bits, b, field, (x, y, z, t) -> extract(x, y, z, bits, true)),
        PtxOperation.of("bfi." + b, b, b + " " + field, (x, y, z, t) -> insert(x, y, z, t, bits)));
  }

  private static long permute(long a, long b, long select) {
    long pair = (b << 32) | a;
    long result = 0;
    for (int i = 0; i < 4; i++) {
      long which = (select >>> (4 * i)) & 15;
      long octet = (pair >>> (8 * (which & 7))) & 255;
      result |= (which < 8 ? octet : octet >= 128 ? 255 : 0) << (8 * i);
    }
    return result;
  }

  private static long funnel(long low, long high, long by, boolean left) {
    long pair = (high << 32) | low;
    if (by == 32) {
      return left ? low : high;
    }
    return left ? pair << by >>> 32 : pair >>> by;
  }

  private static List<PtxOperation> pairs() {
    String three = "b32 b32 b32";
    return List.of(
        PtxOperation.of("prmt.b32", "b32", three, (x, y, z, t) -> permute(x, y, z)),
        PtxOperation.of("shf.l.wrap.b32", "b32", three, (x, y, z, t) -> funnel(x, y, z & 31, true)),
        PtxOperation.of(
            "shf.r.wrap.b32", "b32", three, (x, y, z, t) -> funnel(x, y, z & 31, false)),
        PtxOperation.of(
            "shf.l.clamp.b32", "b32", three, (x, y, z, t) -> funnel(x, y, Math.min(z, 32), true)),
        PtxOperation.of(
            "shf.r.clamp.b32", "b32", three, (x, y, z, t) -> funnel(x, y, Math.min(z, 32), false)));
  }

  private static List<PtxOperation> predicates() {
    return List.of(
        PtxOperation.of("and.pred", "pred", "pred pred", (x, y, z, t) -> x & y),
        PtxOperation.of("or.pred", "pred", "pred pred", (x, y, z, t) -> x | y),
        PtxOperation.of("xor.pred", "pred", "pred pred", (x, y, z, t) -> x ^ y),
        PtxOperation.of("not.pred", "pred", "pred", (x, y, z, t) -> 1 - x));
  }

  static List<PtxOperation> all() {
    List<PtxOperation> all = new ArrayList<>(pairs());
    all.addAll(predicates());
    for (int bits : new int[] {16, 32, 64}) {
      all.addAll(logic(bits));
    }
    all.addAll(fields(32));
    all.addAll(fields(64));
    return all;
  }

  @Test
  void everyOpcodeIsThatOfJava() {
    PtxOperation.check(all());
  }
}
