package dev.norma.gpu.cuda;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Floating-point arithmetic of the PTX interpreter, against Java's. */
@RequiresTestDriver
class PtxFloatTest {
  /** An operation on floats. */
  private interface FloatOperator {
    float of(float a, float b, float c);
  }

  private static PtxOperation binary64(String name, DoubleBinaryOperator operator) {
    return PtxOperation.of(
        name + ".f64",
        "f64",
        "f64 f64",
        (a, b, c, d) ->
            Double.doubleToRawLongBits(
                operator.applyAsDouble(Double.longBitsToDouble(a), Double.longBitsToDouble(b))));
  }

  private static PtxOperation binary64(String name, DoubleUnaryOperator operator) {
    return PtxOperation.of(
        name + ".f64",
        "f64",
        "f64",
        (a, b, c, d) ->
            Double.doubleToRawLongBits(operator.applyAsDouble(Double.longBitsToDouble(a))));
  }

  /** Every NaN that is computed in binary32 has the same bits. */
  private static PtxOperation binary32(String name, int sources, FloatOperator operator) {
    return PtxOperation.of(
        name + ".f32",
        "f32",
        "f32 f32 f32".substring(0, 4 * sources - 1),
        (a, b, c, d) -> {
          float x = Float.intBitsToFloat((int) a);
          float y = Float.intBitsToFloat((int) b);
          float result = operator.of(x, y, Float.intBitsToFloat((int) c));
          return Float.isNaN(result) ? 0x7fffffff : Float.floatToRawIntBits(result);
        });
  }

  private static double min(double a, double b) {
    return Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.min(a, b);
  }

  private static double max(double a, double b) {
    return Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.max(a, b);
  }

  private static List<PtxOperation> doubles() {
    return List.of(
        binary64("add.rn", (a, b) -> a + b),
        binary64("sub.rn", (a, b) -> a - b),
        binary64("mul.rn", (a, b) -> a * b),
        binary64("div.rn", (a, b) -> a / b),
        binary64("min", PtxFloatTest::min),
        binary64("max", PtxFloatTest::max),
        binary64("copysign", (a, b) -> Math.copySign(b, a)),
        binary64("rcp.rn", a -> 1 / a),
        binary64("sqrt.rn", StrictMath::sqrt),
        binary64("neg", a -> -a),
        binary64("abs", Math::abs),
        PtxOperation.of(
            "fma.rn.f64",
            "f64",
            "f64 f64 f64",
            (a, b, c, d) ->
                Double.doubleToRawLongBits(
                    Math.fma(
                        Double.longBitsToDouble(a),
                        Double.longBitsToDouble(b),
                        Double.longBitsToDouble(c)))));
  }

  private static List<PtxOperation> floats() {
    return List.of(
        binary32("add.rn", 2, (a, b, c) -> a + b),
        binary32("sub.rn", 2, (a, b, c) -> a - b),
        binary32("mul.rn", 2, (a, b, c) -> a * b),
        binary32("div.rn", 2, (a, b, c) -> a / b),
        binary32("min", 2, (a, b, c) -> (float) min(a, b)),
        binary32("max", 2, (a, b, c) -> (float) max(a, b)),
        binary32("rcp.rn", 1, (a, b, c) -> 1 / a),
        binary32("sqrt.rn", 1, (a, b, c) -> (float) StrictMath.sqrt(a)),
        binary32("fma.rn", 3, Math::fma),
        PtxOperation.of("neg.f32", "f32", "f32", (a, b, c, d) -> a ^ 0x80000000L),
        PtxOperation.of("abs.f32", "f32", "f32", (a, b, c, d) -> a & 0x7fffffff),
        PtxOperation.of(
            "copysign.f32",
            "f32",
            "f32 f32",
            (a, b, c, d) -> (b & 0x7fffffff) | (a & 0x80000000L)));
  }

  static List<PtxOperation> all() {
    List<PtxOperation> all = new ArrayList<>(doubles());
    all.addAll(floats());
    return all;
  }

  @Test
  void everyOpcodeIsThatOfJava() {
    PtxOperation.check(all());
  }
}
