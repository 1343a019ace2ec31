package dev.norma.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.ElementType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much the states of chunks and vectors are beside the elements, as in the documentation. */
class StateBytesTest {
  private static final long LONG = 1L << 30;

  /** Partial states are written and read again, the last one is written. */
  private static double percent(Reduction reduction, ElementType type, long length) {
    UnitList units = new UnitList(sequence(length));
    long moved = 1;
    while (units.partials() > 0) {
      moved += 2L * units.partials();
      units = new UnitList(units.partial());
    }
    double state = reduction.slots(type) * Long.BYTES;
    return 100 * moved * state / (length * type.bytes());
  }

  private static Sequences sequence(long length) {
    return Sequences.ofChunks(1, length, length);
  }

  @ParameterizedTest
  @CsvSource({
    "NONZERO_COUNT, 0.05, 0.10, 0.20",
    "ABS_SUM,       0.10, 0.10, 0.20",
    "SQUARE_SUM,    0.10, 0.10, 0.20",
    "ABS_MAX,       0.05, 0.10, 0.20",
    "ABS_MIN,       0.05, 0.10, 0.20",
    "POW_SUM,       0.10, 0.20, 0.39",
    "SEVERAL,       0.34, 0.49, 0.98"
  })
  void longVectors(Reduction reduction, double f64, double f32, double shorter) {
    check(LONG, reduction, f64, f32, shorter);
  }

  @ParameterizedTest
  @CsvSource({
    "NONZERO_COUNT, 0.13, 0.26, 0.52",
    "ABS_SUM,       0.26, 0.26, 0.52",
    "SQUARE_SUM,    0.26, 0.26, 0.52",
    "ABS_MAX,       0.13, 0.26, 0.52",
    "ABS_MIN,       0.13, 0.26, 0.52",
    "POW_SUM,       0.26, 0.52, 1.04",
    "SEVERAL,       0.91, 1.30, 2.60"
  })
  void rowsOf768(Reduction reduction, double f64, double f32, double shorter) {
    check(768, reduction, f64, f32, shorter);
  }

  private static void check(
      long length, Reduction reduction, double f64, double f32, double shorter) {
    for (ElementType type : ElementType.values()) {
      double expected =
          switch (type) {
            case F64 -> f64;
            case F32 -> f32;
            case F16, BF16 -> shorter;
          };
      assertEquals(expected, percent(reduction, type, length), 0.005, reduction + " of " + type);
    }
  }
}
