package dev.norma.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.NdArray;
import dev.norma.spi.Backend;
import dev.norma.spi.ElementMap;
import dev.norma.spi.MapPlan;
import dev.norma.spi.PairSums;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Functions of elements by SIMD have the bits of those in readable code. */
class SimdMapTest {
  private static final int[] LENGTHS = {1, 7, 31, 32, 33, 100, 1025, 4095, 4096, 4097, 8200};

  private static final double[] SPECIAL = {
    0,
    -0.0,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    -1e-310,
    1e300,
    -1e300,
    1,
    -1,
    2,
    0.7,
    -0.7,
    3e-5,
    1e-40,
    0x1p-96,
    0x1.fffffffffffffp-97,
    -0x1.fffffffffffffp95,
    0x1p96,
    65504,
    1e6
  };

  private static final Backend SIMD = new SimdBackend(new Workers(3));
  private static final Backend SCALAR = new ScalarBackend(new Workers(3));

  private final SplittableRandom random = new SplittableRandom(24);

  /** How vectors lie in memory. */
  private enum Lie {
    ROWS,
    COLUMNS,
    EVERY_SECOND,
    RAGGED,
    COLUMNS_OF_TWO;

    Batch of(Elements e, int count, int length) {
      return switch (this) {
        case ROWS -> Batch.rows(e, 0, count, length, length + 1L);
        case COLUMNS -> Batch.columns(e, 1, length, count, count);
        case EVERY_SECOND ->
            Batch.along(
                NdArray.strided(e, 0, new long[] {count, length}, new long[] {2L * length, 2}), 1);
        case RAGGED -> Batch.ragged(e, offsets(e, count, length));
        case COLUMNS_OF_TWO ->
            Batch.along(
                NdArray.strided(
                    e,
                    3,
                    new long[] {2, count, length},
                    new long[] {length * (count + 1L), 1, count + 1L}),
                2);
      };
    }

    /** The second of three vectors or more is empty. */
    private static long[] offsets(Elements e, int count, int length) {
      long[] offsets = new long[count + 1];
      for (int i = 0; i <= count; i++) {
        offsets[i] = (long) i * length;
      }
      offsets[count > 2 ? 2 : 0] = offsets[count > 2 ? 1 : 0];
      offsets[count] = Math.min(offsets[count], e.length());
      return offsets;
    }
  }

  static List<ElementMap> maps() {
    return List.of(
        ElementMap.ZERO,
        ElementMap.SCALE,
        ElementMap.SIGN,
        ElementMap.TIE,
        ElementMap.EQUAL,
        ElementMap.SHRINK,
        ElementMap.CLAMP,
        ElementMap.power(0.5),
        ElementMap.power(-2.25),
        ElementMap.power(600),
        ElementMap.hessian(0),
        ElementMap.hessian(0.5),
        ElementMap.hessian(-1.5));
  }

  @AfterAll
  static void close() {
    SIMD.close();
    SCALAR.close();
  }

  @ParameterizedTest
  @MethodSource("maps")
  void hasTheBitsOfScalarCode(ElementMap map) {
    for (ElementType type : ElementType.values()) {
      for (Lie lie : Lie.values()) {
        for (int length : LENGTHS) {
          // Half of the lengths, another half for each type and layout, take half of the time.
          if (random.nextBoolean()) {
            continue;
          }
          check(map, type, lie, length, length > 4000 ? 9 : random.nextInt(1, 40));
        }
      }
    }
  }

  /** Long enough to be shared by all threads. */
  @ParameterizedTest
  @MethodSource("maps")
  void aLongVectorIsShared(ElementMap map) {
    check(map, ElementType.F32, Lie.ROWS, 300_001, 1);
  }

  private void check(ElementMap map, ElementType type, Lie lie, int length, int count) {
    boolean isOutside = random.nextInt(4) == 0;
    boolean wild = random.nextBoolean();
    int size = 2 * length * (count + 1) + 3;
    Elements x = elements(type, size, wild, isOutside);
    Elements w = elements(type, size, wild, isOutside);
    Elements y = elements(type, size, wild, isOutside);
    Batch batch = lie.of(x, count, length);
    Batch second = lie.of(w, count, length);
    double[][] c = coefficients(map, Math.toIntExact(batch.count()));
    String what = map + ", " + type + ", " + lie + ", " + count + " of " + length;
    for (boolean adds : new boolean[] {false, true}) {
      for (Elements out : List.of(x, y)) {
        Elements[] written = {copy(out), copy(out)};
        for (int i = 0; i < 2; i++) {
          Batch to = lie.of(written[i], count, length);
          Batch from = out.equals(x) ? to : batch;
          Batch other = map.ofTwo() ? second : null;
          (i == 0 ? SIMD : SCALAR).map(MapPlan.writing(map, c, from, other, to, adds));
        }
        long at = written[0].segment().mismatch(written[1].segment());
        assertEquals(-1, at, what + ", adds " + adds + ", in place " + out.equals(x));
      }
    }
    if (!map.ofTwo()) {
      checkSums(MapPlan.summing(map, c, batch, null), what);
      checkSums(MapPlan.summing(map, c, batch, second), what + ", products");
    }
  }

  private static void checkSums(MapPlan plan, String what) {
    PairSums simd = SIMD.sum(plan);
    PairSums scalar = SCALAR.sum(plan);
    for (int i = 0; i < plan.count(); i++) {
      assertEquals(scalar.hi()[i], simd.hi()[i], what);
      if (Double.isFinite(scalar.hi()[i])) {
        assertEquals(scalar.lo()[i], simd.lo()[i], what);
      }
    }
  }

  private double[][] coefficients(ElementMap map, int count) {
    double[][] c = new double[map.kind().coefficients()][count];
    for (int i = 0; i < count; i++) {
      boolean wild = random.nextInt(4) == 0;
      double factor = random.nextInt(8) == 0 ? special() : random.nextDouble(0.1, 2);
      double power = wild ? random.nextInt(-2200, 2200) : random.nextInt(-2, 3);
      double mantissa = random.nextDouble(1, 2);
      double scale = wild ? random.nextInt(-1074, 1024) : 0;
      double[] one =
          switch (map.kind()) {
            case ZERO -> new double[0];
            case SCALE ->
                new double[] {
                  factor, random.nextBoolean() ? 0 : factor * 1e-17, wild ? 0x1p900 : 1, 1
                };
            case SIGN, EQUAL, CLAMP -> new double[] {factor};
            case SHRINK -> new double[] {factor, factor, random.nextDouble(-1, 1) * 1e-16};
            case TIE -> new double[] {random.nextBoolean() ? 1 : 0.7, factor};
            case POWER -> new double[] {factor, power, mantissa, 1e-17, scale};
            case HESSIAN ->
                new double[] {factor, wild ? 0x1p500 : 1, factor, power, mantissa, 1e-17, scale};
          };
      if (map.kind() == ElementMap.Kind.SCALE && random.nextInt(4) == 0) {
        one[3] = 0x1p-700;
      }
      for (int k = 0; k < one.length; k++) {
        c[k][i] = one[k];
      }
    }
    return c;
  }

  private double special() {
    return SPECIAL[random.nextInt(SPECIAL.length)];
  }

  private double number(boolean wild) {
    if (wild && random.nextInt(3) == 0) {
      return special();
    }
    return Math.scalb(random.nextDouble(-1, 1), wild ? random.nextInt(-1074, 1023) : 0);
  }

  private Elements elements(ElementType type, int n, boolean wild, boolean nativeMemory) {
    double[] doubles = new double[n];
    float[] floats = new float[n];
    short[] shorts = new short[n];
    for (int i = 0; i < n; i++) {
      doubles[i] = number(wild);
      floats[i] = (float) doubles[i];
      shorts[i] =
          type == ElementType.F16
              ? Float.floatToFloat16(floats[i])
              : (short) (Float.floatToRawIntBits(floats[i]) >>> Short.SIZE);
    }
    Elements heap =
        switch (type) {
          case F64 -> Elements.of(doubles);
          case F32 -> Elements.of(floats);
          case F16 -> Elements.f16(shorts);
          case BF16 -> Elements.bf16(shorts);
        };
    return nativeMemory ? outside(heap) : heap;
  }

  /** Copies to native memory, an odd number of bytes away from where a number would lie. */
  private static Elements outside(Elements from) {
    long size = from.segment().byteSize();
    MemorySegment to = Arena.ofAuto().allocate(size + 1).asSlice(1);
    MemorySegment.copy(
        from.segment(), ValueLayout.JAVA_BYTE, 0, to, ValueLayout.JAVA_BYTE, 0, size);
    return Elements.of(to, from.type());
  }

  private static Elements copy(Elements from) {
    if (from.array() instanceof double[] a) {
      return Elements.of(a.clone());
    }
    if (from.array() instanceof float[] a) {
      return Elements.of(a.clone());
    }
    if (from.array() instanceof short[] a) {
      return from.type() == ElementType.F16 ? Elements.f16(a.clone()) : Elements.bf16(a.clone());
    }
    return outside(from);
  }
}
