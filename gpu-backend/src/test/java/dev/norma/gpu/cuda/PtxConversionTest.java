package dev.norma.gpu.cuda;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Conversions of the PTX interpreter, against Java's and exact arithmetic. */
@RequiresTestDriver
class PtxConversionTest {
  private static final List<String> INTEGERS =
      List.of("u8", "s8", "u16", "s16", "u32", "s32", "u64", "s64");
  private static final BigInteger WORD = BigInteger.ONE.shiftLeft(64);

  private static int bits(String type) {
    return Integer.parseInt(type.substring(1));
  }

  private static BigInteger value(String type, long lane) {
    int above = 64 - bits(type);
    long low = type.charAt(0) == 's' ? lane << above >> above : lane << above >>> above;
    return type.charAt(0) == 's' ? BigInteger.valueOf(low) : BigInteger.valueOf(low).mod(WORD);
  }

  /** Registers for 8 bits have 16. */
  private static String register(String type) {
    return bits(type) == 8 ? "b16" : type;
  }

  private static PtxOperation convert(
      String opcode, String to, String from, PtxOperation.Expected expected) {
    return PtxOperation.of(
        "cvt." + opcode + to + "." + from, register(to), register(from), expected);
  }

  /** A value of 8 bits is extended to its register by its own sign. */
  private static long stored(String type, BigInteger value) {
    return value(type, value.mod(WORD).longValue()).mod(WORD).longValue();
  }

  private static List<PtxOperation> ofIntegers() {
    List<PtxOperation> all = new ArrayList<>();
    for (String from : INTEGERS) {
      for (String to : INTEGERS) {
        all.add(convert("", to, from, (a, b, c, d) -> stored(to, value(from, a))));
      }
      all.add(convert("rn.", "f32", from, (a, b, c, d) -> floatBits(value(from, a))));
      all.add(convert("rn.", "f64", from, (a, b, c, d) -> doubleBits(value(from, a))));
    }
    return all;
  }

  @Test
  void integersAreCutOrExtended() {
    PtxOperation.check(ofIntegers());
  }

  private static long floatBits(BigInteger value) {
    return Float.floatToRawIntBits(value.floatValue());
  }

  private static long doubleBits(BigInteger value) {
    return Double.doubleToRawLongBits(value.doubleValue());
  }

  private static RoundingMode rounding(String name) {
    return switch (name) {
      case "rni." -> RoundingMode.HALF_EVEN;
      case "rzi." -> RoundingMode.DOWN;
      case "rmi." -> RoundingMode.FLOOR;
      default -> RoundingMode.CEILING;
    };
  }

  /** Clamps to the range of the type; 0 of a NaN. */
  private static long toInteger(String to, double value, RoundingMode rounding) {
    if (Double.isNaN(value)) {
      return 0;
    }
    boolean sign = to.charAt(0) == 's';
    BigInteger beyond = BigInteger.ONE.shiftLeft(bits(to) - (sign ? 1 : 0));
    BigInteger least = sign ? beyond.negate() : BigInteger.ZERO;
    BigInteger most = beyond.subtract(BigInteger.ONE);
    if (Double.isInfinite(value)) {
      return (value > 0 ? most : least).longValue();
    }
    BigInteger whole = new BigDecimal(value).setScale(0, rounding).toBigInteger();
    return whole.min(most).max(least).longValue();
  }

  private static double toIntegral(double value, RoundingMode rounding) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return value;
    }
    double whole = new BigDecimal(value).setScale(0, rounding).doubleValue();
    return Math.copySign(whole, value);
  }

  private static List<PtxOperation> toIntegers() {
    List<PtxOperation> all = new ArrayList<>();
    for (String how : List.of("rni.", "rzi.", "rmi.", "rpi.")) {
      RoundingMode rounding = rounding(how);
      for (String to : INTEGERS.subList(2, INTEGERS.size())) {
        all.add(convert(how, to, "f64", (a, b, c, d) -> toInteger(to, real64(a), rounding)));
        all.add(convert(how, to, "f32", (a, b, c, d) -> toInteger(to, real32(a), rounding)));
      }
      all.add(convert(how, "f64", "f64", (a, b, c, d) -> bits64(toIntegral(real64(a), rounding))));
      all.add(convert(how, "f32", "f32", (a, b, c, d) -> integral32(a, rounding)));
    }
    return all;
  }

  @Test
  void floatsAreRoundedToIntegers() {
    PtxOperation.check(toIntegers());
  }

  private static double real64(long bits) {
    return Double.longBitsToDouble(bits);
  }

  private static float real32(long bits) {
    return Float.intBitsToFloat((int) bits);
  }

  private static long bits64(double value) {
    return Double.doubleToRawLongBits(value);
  }

  private static long bits32(float value) {
    return Float.isNaN(value) ? 0x7fffffff : Float.floatToRawIntBits(value);
  }

  private static long integral32(long bits, RoundingMode rounding) {
    return bits32((float) toIntegral(real32(bits), rounding));
  }

  private static List<PtxOperation> ofFloats() {
    return List.of(
        convert("", "f64", "f32", (a, b, c, d) -> bits64(real32(a))),
        convert("rn.", "f32", "f64", (a, b, c, d) -> bits32((float) real64(a))),
        PtxOperation.of("cvt.rn.f16.f32", "b16", "f32", (a, b, c, d) -> half(real32(a))),
        PtxOperation.of("cvt.rn.f16.f64", "b16", "f64", (a, b, c, d) -> half(real64(a))));
  }

  @Test
  void floatsOfOtherWidths() {
    PtxOperation.check(ofFloats());
  }

  /** Java rounds floats to binary16; a double goes there by way of a float rounded to odd. */
  private static long half(double value) {
    if (Double.isNaN(value)) {
      return 0x7fff;
    }
    float near = (float) value;
    if (near != value && (Float.floatToRawIntBits(near) & 1) == 0 && !Float.isInfinite(near)) {
      near = near < value ? Math.nextUp(near) : Math.nextDown(near);
    }
    return Float.floatToFloat16(near);
  }

  private static List<PtxOperation> ofHalves() {
    return List.of(
        PtxOperation.of("cvt.f64.f16", "f64", "b16", (a, b, c, d) -> bits64(widened(a))),
        PtxOperation.of("cvt.f32.f16", "f32", "b16", (a, b, c, d) -> bits32(widened(a))));
  }

  @Test
  void everyHalfIsWidened() {
    long[][] all = new long[1 << 16][4];
    for (int i = 0; i < all.length; i++) {
      all[i][0] = i;
    }
    try (PtxMachine machine = new PtxMachine()) {
      for (PtxOperation operation : ofHalves()) {
        operation.check(machine, all);
      }
    }
  }

  private static float widened(long half) {
    return Float.float16ToFloat((short) half);
  }

  static List<PtxOperation> all() {
    List<PtxOperation> all = new ArrayList<>(ofIntegers());
    all.addAll(toIntegers());
    all.addAll(ofFloats());
    all.addAll(ofHalves());
    return all;
  }
}
