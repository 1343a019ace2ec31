package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.Norm;
import dev.norma.Norma;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the kernels ask of the memory of a device, in sectors of 32 bytes: each access of a warp
 * asks for the fewest that hold what it reads, and each sector comes from DRAM once.
 */
@RequiresCuda
class CudaCountersTest {
  private static final int ELEMENTS = 100_000;

  @AfterEach
  void countNothing() {
    TestDriver.set("count", 0);
  }

  @ParameterizedTest
  @EnumSource
  void rowsAndColumnsAreReadInTheFewestSectors(ElementType type) {
    for (int width : new int[] {16, 64, 768, 8192}) {
      Counted rows = rows(type, width);
      assertEquals(1, rows.ratio("sectorsRead", "fewestSectorsRead"), 0.02, "rows of " + width);
      assertEquals(rows.value("distinctSectorsRead"), rows.value("fewestSectorsRead"), 1, "again");
    }
    Counted columns =
        count(type, elements -> Batch.columns(elements, ELEMENTS / 768, 768), "reduce_columns");
    assertEquals(1, columns.ratio("sectorsRead", "fewestSectorsRead"), 0.02, "columns");
  }

  /** Elements that are not aligned as vectors are read one by one; the cache has their sectors. */
  @ParameterizedTest
  @CsvSource({"F64, 1.75", "F32, 3.7", "F16, 3.7", "BF16, 3.7"})
  void rowsOfOddLengthsAskAgainButReadOnce(ElementType type, double most) {
    Counted rows = rows(type, 769);
    double asked = rows.ratio("sectorsRead", "fewestSectorsRead");
    assertTrue(asked < most, () -> "asked for " + asked + " times the fewest");
    double bytes = rows.value("bytesRead");
    assertEquals(1, 32 * rows.value("distinctSectorsRead") / bytes, 0.02, "from DRAM");
  }

  /** An A100 issues 50 instructions of a thread in the time of a binary32 number from its DRAM. */
  @ParameterizedTest
  @EnumSource(
      value = ElementType.class,
      names = {"F32"})
  void longRowsTakeFewInstructions(ElementType type) {
    for (int width : new int[] {768, 8192}) {
      double instructions = 32.0 * rows(type, width).value("warpInstructions") / size(width);
      assertTrue(instructions < 12, () -> instructions + " instructions for an element");
    }
  }

  private static long size(int width) {
    return (long) Math.max(8, ELEMENTS / width) * width;
  }

  private static Counted rows(ElementType type, int width) {
    long rows = size(width) / width;
    return count(type, elements -> Batch.rows(elements, rows, width), "reduce_rows");
  }

  /** Views elements as a batch. */
  private interface View {
    Batch of(Elements elements);
  }

  private static Counted count(ElementType type, View view, String kernel) {
    try (Norma norma = Norma.open("cuda:0");
        var batch = norma.upload(view.of(random(type)))) {
      TestDriver.reset(); // what was counted before counts no more
      TestDriver.set("count", 1);
      norma.norms(Norm.L2, batch);
      TestDriver.set("count", 0);
      return Counted.of(kernel, TestDriver.counters());
    }
  }

  private static Elements random(ElementType type) {
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[8 * 8192 + ELEMENTS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return switch (type) {
      case F64 -> Elements.of(doubles(values));
      case F32 -> Elements.of(values);
      case F16, BF16 -> Elements.of(MemorySegment.ofArray(new short[values.length]), type);
    };
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  /** What was counted of one kernel, as JSON. */
  private record Counted(String json) {
    static Counted of(String kernel, String all) {
      int start = all.indexOf("{\"kernel\": \"" + kernel + "\"");
      assertTrue(start >= 0, () -> kernel + " did not run: " + all);
      int end = all.indexOf("{\"kernel\"", start + 1);
      return new Counted(end < 0 ? all.substring(start) : all.substring(start, end));
    }

    double value(String name) {
      Matcher matcher = Pattern.compile("\"" + name + "\": (\\d+)").matcher(json);
      assertTrue(matcher.find(), name);
      return Double.parseDouble(matcher.group(1));
    }

    double ratio(String name, String other) {
      return value(name) / value(other);
    }
  }
}
