package dev.norma;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the façade does around a backend; the numbers themselves are the conformance kit's. */
class NormaTest {
  @AfterEach
  void restore() {
    FakeProvider.onRun = plan -> {};
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
