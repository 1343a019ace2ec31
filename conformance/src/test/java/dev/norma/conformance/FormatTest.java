package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.ElementType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FormatTest {
  @ParameterizedTest
  @CsvSource({
    "F64, 4.9e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 0x1p-52",
    "F32, 0x1p-149, 0x1p-126, 0x1.fffffep127, 0x1p-23",
    "F16, 0x1p-24, 0x1p-14, 65504, 0x1p-10",
    "BF16, 0x1p-133, 0x1p-126, 0x1.fep127, 0x1p-7"
  })
  void limits(ElementType type, double smallest, double normal, double largest, double ulp) {
    Format format = Format.of(type);
    assertEquals(smallest, format.smallest());
    assertEquals(normal, format.smallestNormal());
    assertEquals(largest, format.largest());
    assertEquals(ulp, format.ulpOfOne());
  }

  @Test
  void roundsAsJavaDoes() {
    Seeded random = new Seeded(7);
    for (int i = 0; i < 10_000; i++) {
      double x = Math.scalb(random.normal(), random.below(60) - 40);
      double half =
          Math.clamp(Float.float16ToFloat(Float.floatToFloat16((float) x)), -65504, 65504);
      assertEquals((float) x, Format.of(ElementType.F32).nearest(x));
      assertEquals(half, Format.of(ElementType.F16).nearest((float) x), () -> "binary16 of " + x);
    }
    assertEquals(0, Format.of(ElementType.F32).nearest(0x1p-150));
    assertEquals(1, Format.of(ElementType.BF16).nearest(1 + 0x1p-8));
    assertEquals(1 + 0x1p-6, Format.of(ElementType.BF16).nearest(1 + 0x1.8p-7));
  }

  @Test
  void roundsWhatIsWrittenAsJavaDoes() {
    Seeded random = new Seeded(8);
    for (int i = 0; i < 10_000; i++) {
      double x = Math.scalb(random.normal(), random.below(330) - 165);
      double y = Math.scalb(random.normal(), random.below(60) - 30);
      assertEquals((float) x, Format.of(ElementType.F32).written(x));
      double half = Float.float16ToFloat(Float.floatToFloat16((float) y));
      assertEquals(half, Format.of(ElementType.F16).written(y), () -> "binary16 of " + y);
    }
    double infinity = Double.POSITIVE_INFINITY;
    assertEquals(-infinity, Format.of(ElementType.BF16).written(-0x1.ffp127));
    assertEquals(0x1.fep127, Format.of(ElementType.BF16).written(0x1.fefp127));
    assertEquals(infinity, Format.of(ElementType.F32).written(1e300));
    // To binary32 this is a tie of binary16, though it lay above it.
    assertEquals(1, Format.of(ElementType.F16).written(1 + 0x1p-11 + 0x1p-40));
  }

  /** What is written is read back, infinities and the signs of zeros too; a NaN stays one. */
  @ParameterizedTest
  @EnumSource
  void writesWhatIsRead(ElementType type) {
    double[] values = Extremes.of(type);
    MemorySegment memory = MemorySegment.ofArray(new byte[values.length * type.bytes()]);
    for (int i = 0; i < values.length; i++) {
      int at = i;
      Format.of(type).write(memory, i, values[i]);
      double read = Format.of(type).read(memory, i);
      Bits.assertSame(values[i], read, () -> type + " " + Bits.show(values[at]));
      assertTrue(Format.of(type).holds(values[i]), () -> type + " " + Bits.show(values[at]));
    }
  }

  @Test
  void writesSignallingNans() {
    MemorySegment memory = MemorySegment.ofArray(new byte[4]);
    Format.of(ElementType.F32).write(memory, 0, Double.longBitsToDouble(0xFFF2_0000_0000_0000L));
    assertEquals(0xFF90_0000, memory.get(ValueLayout.JAVA_INT_UNALIGNED, 0));
    Format.of(ElementType.BF16).write(memory, 0, Double.longBitsToDouble(0x7FF0_0000_0000_0001L));
    assertEquals((short) 0x7F81, memory.get(ValueLayout.JAVA_SHORT_UNALIGNED, 0));
  }

  @ParameterizedTest
  @EnumSource
  void familiesHoldNumbersOfTheType(Family family) {
    for (ElementType type : ElementType.values()) {
      double[] vector = family.vector(type, 500, new Seeded(1));
      assertTrue(
          Arrays.stream(vector).allMatch(x -> Double.isFinite(x) && Format.of(type).holds(x)),
          () -> type + " " + Bits.show(vector));
      assertEquals(
          Arrays.toString(vector), Arrays.toString(family.vector(type, 500, new Seeded(1))));
    }
  }
}
