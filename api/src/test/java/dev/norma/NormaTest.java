package dev.norma;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.spi.Backend;
import dev.norma.spi.Plan;
import dev.norma.spi.PlanResult;
import dev.norma.spi.SelectedLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the façade does around a backend; the numbers themselves are the conformance kit's. */
class NormaTest {
  @AfterEach
  void restore() {
    FakeProvider.restore();
  }

  @Test
  void manyVectorsGoInBlocksAndComeBackInOrder() {
    List<Long> blocks = new ArrayList<>();
    FakeProvider.onRun = plan -> blocks.add(plan.batch().count());
    int count = (1 << 20) + 3;
    long[] offsets = new long[count + 1];
    for (int i = 0; i < count; i++) {
      offsets[i + 1] = offsets[i] + i % 3;
    }
    double[] norms;
    try (Norma norma = Norma.open()) {
      norms = norma.norms(Norm.L1, Batch.ragged(new float[(int) offsets[count]], offsets));
    }
    assertEquals(List.of(1L << 20, 3L), blocks);
    for (int i = 0; i < count; i++) {
      assertEquals(i % 3, norms[i], "vector " + i);
    }
  }

  @Test
  void severalNormsAreOnePlanAndAPowerTakesASecond() {
    List<String> plans = new ArrayList<>();
    FakeProvider.onRun = plan -> plans.add(plan.primitives() + (plan.scaled() ? " scaled" : ""));
    try (Norma norma = Norma.open()) {
      norma.norms(
          List.of(Norm.L1, Norm.L2, Norm.SQUARED_L2, Norm.LINF, Norm.lp(3), Norm.lp(4)),
          Batch.rows(new float[6], 2, 3));
    }
    assertEquals(
        List.of("[ABS_SUM, SQUARE_SUM, ABS_MAX]", "[POW_SUM(3.0), POW_SUM(4.0)] scaled"), plans);
  }

  private static final double INFINITE = Double.POSITIVE_INFINITY;

  @Test
  void aFewOddVectorsDoNotBreakUpThePowersOfMost() {
    double[] columns = {3, 0, INFINITE, 5, 1, 6, 4, 0, 1, 5, 2, Double.NaN};
    FakeBackend backend = FakeBackend.cpu();
    try (Norma norma = new Norma(new Session(backend))) {
      double[] norms = norma.norms(Norm.lp(3), Batch.columns(columns, 2, 6));
      assertEquals(List.of(0.0, INFINITE), List.of(norms[1], norms[2]));
      assertTrue(Double.isNaN(norms[5]));
      assertEquals(Math.cbrt(91), norms[0], 1e-14);
      assertEquals(Math.cbrt(9), norms[4], 1e-14);
      assertScales(backend.plans.get(1), 4, 1, 1, 5, 2, 1);
      norma.norms(Norm.lp(3), Batch.columns(columns, 2, 6).slice(0, 3)); // one of three
    }
    assertScales(backend.plans.get(3), 4);
  }

  @Test
  void aFewSafeVectorsDoNotBreakUpTheRescueOfMost() {
    double[] rows = {0x1p600, 0, 3, 4, 0x1p700, 0};
    FakeBackend backend = FakeBackend.cpu();
    try (Norma norma = new Norma(new Session(backend))) {
      assertArrayEquals(
          new double[] {0x1p600, 5, 0x1p700}, norma.norms(Norm.L2, Batch.rows(rows, 3, 2)));
      assertScales(backend.plans.get(2), 0x1p600, 1, 0x1p700);
    }
  }

  private static void assertScales(Plan plan, double... expected) {
    double[] scales = IntStream.range(0, plan.count()).mapToDouble(plan::scale).toArray();
    assertArrayEquals(expected, scales, plan::toString);
    boolean selected = plan.batch().layout() instanceof SelectedLayout;
    assertEquals(expected.length == 1, selected, plan::toString);
  }

  @Test
  void onlyItsPlacesInACallersBufferAreWritten() {
    double[] out = {-1, -1, -1, -1};
    try (Norma norma = Norma.open();
        Arena arena = Arena.ofConfined()) {
      Batch batch = Batch.rows(new double[6], 2, 3);
      norma.norms(Norm.L1, batch, out, 1);
      assertArrayEquals(new double[] {-1, 3, 3, -1}, out);
      MemorySegment segment = arena.allocate(3 * Double.BYTES);
      norma.norms(Norm.L1, batch, segment.asSlice(8));
      assertEquals(0, segment.get(ValueLayout.JAVA_DOUBLE, 0));
      assertEquals(3, segment.get(ValueLayout.JAVA_DOUBLE, 16));
      assertThrows(IndexOutOfBoundsException.class, () -> norma.norms(Norm.L1, batch, out, 3));
      assertThrows(IndexOutOfBoundsException.class, () -> norma.norms(Norm.L1, batch, out, -1));
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> norma.norms(Norm.L1, batch, segment.asSlice(0, 15)));
      assertThrows(
          IllegalArgumentException.class, () -> norma.norms(Norm.L1, batch, segment.asReadOnly()));
    }
  }

  @Test
  void severalNormsGoToACallersBuffersInOnePass() {
    List<String> plans = new ArrayList<>();
    FakeProvider.onRun = plan -> plans.add(plan.primitives().toString());
    double[] first = {-1, -1, -1, -1};
    double[] second = {-2, -2, -2};
    List<Norm> two = List.of(Norm.SQUARED_L2, Norm.L1);
    double[] data = new double[6];
    Batch batch = Batch.rows(data, 2, 3);
    try (Norma norma = Norma.open()) {
      norma.norms(two, batch, new double[][] {first, second}, 1);
      assertArrayEquals(new double[] {-1, 9, 9, -1}, first);
      assertArrayEquals(new double[] {-2, 3, 3}, second);
      assertEquals(List.of("[SQUARE_SUM, ABS_SUM]"), plans);
      refused(norma, two, batch, "out: 1 arrays for 2 norms", first);
      refused(norma, two, batch, "out: two of the arrays are the same", first, first);
      refused(norma, two, batch, "out: overlaps the elements of the batch", first, data);
      double[][] small = {first, new double[2]};
      assertThrows(IndexOutOfBoundsException.class, () -> norma.norms(two, batch, small, 1));
    }
    assertEquals(1, plans.size(), "plans of refused calls");
  }

  private static void refused(
      Norma norma, List<Norm> norms, Batch batch, String why, double[]... out) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> norma.norms(norms, batch, out, 1));
    assertEquals(why, e.getMessage());
  }

  @Test
  void resultsMayNotOverwriteWhatIsStillToBeRead() {
    double[] data = new double[10];
    try (Norma norma = Norma.open()) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> norma.norms(Norm.L1, Batch.rows(data, 2, 3), data, 8));
      assertEquals("out: overlaps the elements of the batch", e.getMessage());
      assertThrows(
          IllegalArgumentException.class,
          () -> norma.norms(Norm.L1, Batch.rows(data, 2, 3), MemorySegment.ofArray(data)));
    }
  }

  @Test
  void elementsMayLieBehindTheResults() {
    double[] memory = {-1, -1, 7, 7, 7, 7, 7, 7};
    MemorySegment all = MemorySegment.ofArray(memory);
    Elements behind = Elements.of(all.asSlice(2 * Double.BYTES), ElementType.F64);
    try (Norma norma = Norma.open()) {
      norma.norms(Norm.L1, Batch.rows(behind, 2, 3), all);
      assertArrayEquals(new double[] {3, 3, 7, 7, 7, 7, 7, 7}, memory);
      norma.norms(MatrixNorm.SUM, Matrices.of(behind, 2, 3), all);
      assertArrayEquals(new double[] {6, 3, 7, 7, 7, 7, 7, 7}, memory);
      assertThrows(
          IllegalArgumentException.class,
          () -> norma.norms(Norm.L1, Batch.rows(behind, 3, 2), all));
    }
  }

  @Test
  void matrixNormsGoToACallersBuffer() {
    double[] out = {-1, -1, -1};
    try (Norma norma = Norma.open()) {
      norma.norms(MatrixNorm.SUM, Matrices.of(new double[6], 2, 3), out, 1);
      assertArrayEquals(new double[] {-1, 6, -1}, out);
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> norma.norms(MatrixNorm.SUM, Matrices.of(new double[6], 2, 3), out, 3));
    }
  }

  @Test
  void matrixNormsGoToASegment() {
    double[] data = new double[12];
    Matrices two = Matrices.along(NdArray.of(Elements.of(data), 2, 2, 3), 1, 2);
    byte[] bytes = new byte[2 * Double.BYTES + 1];
    MemorySegment out = MemorySegment.ofArray(bytes).asSlice(1);
    try (Norma norma = Norma.open()) {
      norma.norms(MatrixNorm.L21, two, out);
      assertEquals(6, out.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, 0));
      assertEquals(6, out.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, 8));
      Matrices empty = Matrices.along(NdArray.of(Elements.of(data), 2, 0, 3), 1, 2);
      norma.norms(MatrixNorm.MIN_ROW_SUM, empty, out);
      assertEquals(Double.POSITIVE_INFINITY, out.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, 8));
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> norma.norms(MatrixNorm.MAX, two, out.asSlice(0, 15)));
      assertThrows(
          IllegalArgumentException.class, () -> norma.norms(MatrixNorm.MAX, two, out.asReadOnly()));
      assertThrows(
          IllegalArgumentException.class,
          () -> norma.norms(MatrixNorm.MAX, two, MemorySegment.ofArray(data)));
      assertThrows(IllegalArgumentException.class, () -> norma.norms(MatrixNorm.MAX, two, data, 4));
    }
  }

  @Test
  void resultsNameEveryBackendThatRanOnce() {
    FakeBackend fake = FakeBackend.device("fake:0");
    Backend changing = new Renamed(fake, new AtomicInteger());
    try (Norma norma = new Norma(new Session(changing))) {
      double[] data = {1, 2, 3, 4};
      List<Norm> norms = List.of(Norm.L2, Norm.lp(3), Norm.lp(-3));
      assertEquals("b0+b1+b2", norma.norms(norms, Batch.of(data)).backend());
      assertEquals(
          "b3+b4",
          norma
              .matrixNorms(List.of(MatrixNorm.MAX, MatrixNorm.L21), Matrices.of(data, 2, 2))
              .backend());
      assertEquals("b5+x", norma.norms(List.of(Norm.L2), Batch.of(data)).backend());
      assertEquals("x+b7", norma.norms(List.of(Norm.L1, Norm.lp(3)), Batch.of(data)).backend());
      assertEquals("changing", norma.norms(List.of(), Batch.of(data)).backend());
    }
  }

  /** A backend that says of each result that another one computed it. */
  private record Renamed(Backend backend, AtomicInteger runs) implements Backend {
    @Override
    public String name() {
      return "changing";
    }

    @Override
    public PlanResult run(Plan plan) {
      PlanResult from = backend.run(plan);
      int run = runs.getAndIncrement();
      String[] odd = {"b5+x", "x", "b7+x"};
      PlanResult result = new PlanResult(plan, run < 5 ? "b" + run : odd[run - 5]);
      for (int i = 0; i < plan.primitives().size(); i++) {
        System.arraycopy(from.hi(i), 0, result.hi(i), 0, plan.count());
      }
      return result;
    }

    @Override
    public void close() {}
  }

  @Test
  void passesAreThoseThatTheCounterComesTo() {
    List<Norm> simple = List.of(Norm.L0, Norm.L1, Norm.L2, Norm.SQUARED_L2, Norm.LINF);
    List<List<Norm>> lists =
        List.of(
            List.of(),
            simple,
            List.of(Norm.NEG_INF),
            List.of(Norm.lp(3)),
            List.of(Norm.lp(3), Norm.lp(0.5), Norm.L1),
            List.of(Norm.lp(-3), Norm.lp(-1)),
            List.of(Norm.lp(-3), Norm.lp(3), Norm.LINF));
    double[] data = {1, 2, 3, 4, 5, 6};
    try (Norma norma = new Norma(new Session(FakeBackend.cpu()))) {
      for (List<Norm> norms : lists) {
        LongAdder counter = new LongAdder();
        norma.norms(norms, Batch.rows(data, 2, 3), counter);
        assertEquals(counter.sum(), 6L * Norma.passes(norms), norms::toString);
      }
      for (List<String> words :
          List.of(
              List.<String>of(),
              List.of("fro", "max"),
              List.of("1", "l21", "-1"),
              List.of("inf", "fro"),
              List.of("inf", "-inf", "fro", "1"))) {
        List<MatrixNorm> norms = words.stream().map(MatrixNorm::parse).toList();
        LongAdder counter = new LongAdder();
        norma.matrixNorms(norms, Matrices.of(data, 2, 3), counter);
        assertEquals(counter.sum(), 6L * Norma.matrixPasses(norms), words::toString);
      }
    }
  }

  @Test
  void resultsSayWhatTheyAre() {
    try (Norma norma = Norma.open("cpu-scalar")) {
      NormResults<Norm> results =
          norma.norms(List.of(Norm.L1, Norm.L0), Batch.of(1.0, 2.0), new LongAdder());
      assertEquals("cpu-scalar", results.backend());
      assertEquals(List.of(Norm.L1, Norm.L0), results.norms());
      assertArrayEquals(new double[] {2}, results.of(Norm.L0));
      assertThrows(IllegalArgumentException.class, () -> results.of(Norm.L2));
    }
  }

  @Test
  void tooManyResultsForAnArrayAreRefusedBeforeTheyAreAllocated() {
    try (Norma norma = Norma.open()) {
      Batch batch = Batch.rows(Elements.of(new double[0]), 1L << 40, 0);
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> norma.norms(Norm.L1, batch));
      assertTrue(e.getMessage().startsWith("1099511627776 results"), e.getMessage());
    }
  }

  @Test
  void afterCloseACallIsRefusedAndClosingAgainDoesNothing() {
    Norma norma = Norma.open();
    int before = FakeProvider.CLOSED.get();
    norma.close();
    norma.close();
    assertEquals(before + 1, FakeProvider.CLOSED.get());
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> norma.norm(Norm.L1, Batch.of(1.0)));
    assertEquals("this Norma is closed", e.getMessage());
  }

  @Test
  void closingWaitsForACallUnderWay() throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicBoolean returned = new AtomicBoolean();
    FakeProvider.onRun =
        plan -> {
          running.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    Norma norma = Norma.open();
    Thread caller =
        new Thread(
            () -> {
              norma.norm(Norm.L1, Batch.of(1.0));
              returned.set(true);
            });
    caller.start();
    assertTrue(running.await(10, TimeUnit.SECONDS));
    Thread closer = new Thread(norma::close);
    closer.start();
    closer.join(50);
    assertTrue(closer.isAlive(), "close returned while a call was under way");
    release.countDown();
    closer.join();
    caller.join();
    assertTrue(returned.get());
  }

  @Test
  void aNormOfOneVectorNeedsOne() {
    try (Norma norma = Norma.open()) {
      assertEquals(2, norma.norm(Norm.L1, Batch.of(1.0, 2.0)));
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> norma.norm(Norm.L1, Batch.rows(new double[4], 2, 2)));
      assertEquals("vector: a batch of 2, not of one", e.getMessage());
    }
  }
}
