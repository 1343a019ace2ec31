package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What kernels ask of memory and execute, counted by the driver for tests.
 *
 * <p>Aimed at: the sectors of 32 bytes that the accesses of warps ask for are within 2 % of those
 * that the elements lie in, and within 30 % for rows of fewer than 64; no bank conflicts; and an
 * A100 and an H100 issue twice what L1, L2 and L∞ of f32 take, see {@link RooflineTest}. What there
 * is today is in {@link #LIMITS}.
 */
@RequiresCuda
class CudaCountersTest {
  private static final String LOADS = "sectors of loads, by those there are";
  private static final String STORES = "sectors of stores, by those there are";
  private static final String CONFLICTS = "cycles that an access of shared memory waits for others";
  private static final String INSTRUCTIONS = "instructions of a thread for an element";

  /** The first one that fits holds. */
  private static final List<Limit> LIMITS =
      List.of(
          // Of 48 sectors, each vector shares its first and its last one with others.
          Limit.of(LOADS, "(?!map_power).* b?f16 ragged", 1.032),
          Limit.of(STORES, "(map_(?!power)|run_).* b?f16 ragged", 1.032),
          // The first elements of a row, up to 15, are taken two by two, the last ones one by one.
          Limit.of(LOADS, "map_power.* b?f16 ragged", 1.042),
          Limit.of(STORES, "map_power.* b?f16 ragged", 1.042),
          Limit.of(LOADS, "map_power.* f32 rows of 769", 1.021),
          Limit.of(STORES, "map_power.* f32 rows of 769", 1.021),
          Limit.of(LOADS, ".*", 1.02),
          Limit.of(STORES, ".*", 1.02),
          // States of 16 bytes and more, whose parts lie so far apart; of one word there are none.
          Limit.of(CONFLICTS, "(abs|square)_sum f64 columns", 2),
          Limit.of(CONFLICTS, "pow_sum .* columns", 2),
          Limit.of(CONFLICTS, "several (f32|b?f16) columns", 6),
          // Rows of 64 are 72 apart there, so that two or four of eight begin in the same bank.
          Limit.of(CONFLICTS, "several f32 rows of 64", 2),
          Limit.of(CONFLICTS, "several f64 rows of 64", 6),
          Limit.of(CONFLICTS, "map_(scale|sign|tie|shrink|clamp) f(32|64) rows of 64", 2),
          Limit.of(CONFLICTS, "total_equal f64 rows of 64", 6),
          Limit.of(CONFLICTS, "total_scale f64 rows of 64", 4),
          Limit.of(CONFLICTS, "total_.* f32 rows of 64", 2),
          // What work-items of a team that are apart exchange has eight words.
          Limit.of(CONFLICTS, "total_.* columns", 12),
          // Rows that begin off a vector.
          Limit.of(CONFLICTS, "map_(scale|sign|tie|shrink|clamp) b?f16 rows of 769", 0.8),
          Limit.of(CONFLICTS, "map_hessian b?f16 rows of 769", 0.41),
          Limit.of(CONFLICTS, "map_power_hessian b?f16 rows of 769", 0.8),
          Limit.of(CONFLICTS, "map_power b?f16 rows of 769", 2.4),
          // Two elements are loaded one by one, for some hundred operations.
          Limit.of(CONFLICTS, "(pow_sum|map_power) f64 rows of 16", 1.34),
          Limit.of(CONFLICTS, "pow_sum f64 rows of 64", 9.34),
          Limit.of(CONFLICTS, "(pow_sum|map_power) f32 rows of 16", 2.4),
          Limit.of(CONFLICTS, "(pow_sum|map_power) f32 rows of 64", 5.6),
          Limit.of(CONFLICTS, "(pow_sum|map_power|map_power_hessian) b?f16 rows of (16|64)", 0.8),
          Limit.of(CONFLICTS, "map_power f64 rows of 64", 4),
          Limit.of(CONFLICTS, "map_power_hessian f64 rows of (16|64)", 1.34),
          Limit.of(CONFLICTS, "map_power_hessian f32 rows of (16|64)", 2.4),
          Limit.of(CONFLICTS, ".*", 0),
          Limit.of(INSTRUCTIONS, "(abs|square)_sum f32 rows of 16", 17),
          Limit.of(INSTRUCTIONS, "(abs|square)_sum f32 rows of 64", 9.2),
          Limit.of(INSTRUCTIONS, "(abs|square)_sum f32 rows of 768", 7),
          Limit.of(INSTRUCTIONS, "(abs|square)_sum f32 rows of 769", 8.7),
          Limit.of(INSTRUCTIONS, "(abs|square)_sum f32 rows of 8192", 5.2),
          Limit.of(INSTRUCTIONS, "(abs|square)_sum f32 columns", 8.2),
          Limit.of(INSTRUCTIONS, "abs_max f32 rows of 16", 11.3),
          Limit.of(INSTRUCTIONS, "abs_max f32 rows of 64", 6),
          Limit.of(INSTRUCTIONS, "abs_max f32 rows of 768", 4.4),
          Limit.of(INSTRUCTIONS, "abs_max f32 rows of 769", 5.8),
          Limit.of(INSTRUCTIONS, "abs_max f32 rows of 8192", 3.1),
          Limit.of(INSTRUCTIONS, "abs_max f32 columns", 6.2),
          Limit.of(INSTRUCTIONS, "run_scale f32 rows of 768", 16),
          Limit.of(INSTRUCTIONS, "run_scale f32 rows of 769", 18.7),
          Limit.of(INSTRUCTIONS, "run_scale f16 rows of 768", 15),
          Limit.of(INSTRUCTIONS, "run_hessian f32 rows of 768", 17));

  private static List<CountedCase> cases() {
    return CountedCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void movesAndExecutesNoMoreThanThis(CountedCase it) {
    KernelCounts kernel = it.main(it.count());
    assertAll(
        () -> Limit.check(LIMITS, LOADS, it, kernel.askedReading()),
        () -> assertEquals(it.work().writes(), kernel.writesElements()),
        () -> checkStores(it, kernel),
        () -> Limit.check(LIMITS, CONFLICTS, it, kernel.conflicts()),
        () -> Limit.check(LIMITS, INSTRUCTIONS, it, kernel.instructions() / it.elements()),
        () -> movesEachSectorOnce(it, kernel),
        () -> hasEnoughUnderWay(it, kernel));
  }

  private static void checkStores(CountedCase it, KernelCounts kernel) {
    if (it.work().writes()) {
      Limit.check(LIMITS, STORES, it, kernel.askedWriting());
    }
  }

  /**
   * Of functions eight elements of each thread, if rows are long enough; of columns as many bytes
   * as those of the shortest types have.
   */
  private static void hasEnoughUnderWay(CountedCase it, KernelCounts kernel) {
    if (it.work().hasRuns() && (it.columns() || it.width() >= 64)) {
      long bytes = kernel.get("mostLoadBytesInFlight");
      long least = 8L * 32 * (it.columns() ? Short.BYTES : it.type().bytes());
      assertTrue(bytes >= least, () -> bytes + " bytes under way: " + it);
    }
  }

  /** What is asked for again is in cache by then: from and to memory goes what there is. */
  private static void movesEachSectorOnce(CountedCase it, KernelCounts kernel) {
    long elements = it.work().operands * it.bytes();
    long read = KernelCounts.SECTOR * kernel.get("distinctSectorsRead");
    long most = elements + it.lookedUp();
    // Where the operands of a function lie is a table of at most four sectors, with a second six
    // more.
    int sectors = it.work().operands == 1 ? 4 : 10;
    long tables = it.work().isFunction() ? (long) sectors * KernelCounts.SECTOR : 0;
    assertTrue(read >= elements && read <= most + tables, () -> read + " bytes read of " + most);
    if (it.work().writes()) {
      assertEquals(it.bytes(), KernelCounts.SECTOR * kernel.get("distinctSectorsWritten"));
    }
  }
}
