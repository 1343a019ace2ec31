package dev.norma;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.spi.Backend;
import dev.norma.spi.MapPlan;
import dev.norma.spi.Plan;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors shared out to several devices. */
class SplitBackendTest {
  private static final List<Norm> NORMS =
      List.of(Norm.L0, Norm.L1, Norm.L2, Norm.LINF, Norm.NEG_INF, Norm.lp(3), Norm.lp(-1.5));

  private final List<FakeBackend> children = new ArrayList<>();

  private Norma split(int count) {
    IntStream.range(0, count).forEach(i -> children.add(FakeBackend.device("fake:" + i)));
    List<Backend> all = new ArrayList<>(children);
    return new Norma(new Session(new SplitBackend("fake", all)));
  }

  private static double[] numbers(int count) {
    return DoubleStream.iterate(1, x -> (x * 7 + 3) % 101 - 50).limit(count).toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void resultsAreThoseOfOneDevice(int count) {
    double[] data = numbers(200);
    data[17] = 1e200; // a vector to be rescued, by itself and with a scale
    long[] offsets = {0, 0, 3, 3, 50, 51, 120, 200};
    List<Batch> batches = new ArrayList<>(List.of(Batch.ragged(data, offsets)));
    for (int rows : new int[] {0, 1, 2, 3, 4, 5, 7, 11, 13}) {
      batches.add(Batch.rows(data, rows, 15));
      batches.add(Batch.columns(data, 15, rows).slice(0, rows));
    }
    try (Norma split = split(count);
        Norma one = new Norma(new Session(FakeBackend.device("one")))) {
      for (Batch batch : batches) {
        assertSame(one, split, batch, batch);
        try (DeviceBatch copy = split.upload(batch)) {
          assertSame(one, split, batch, copy);
        }
      }
    }
  }

  private static void assertSame(Norma one, Norma split, Batch batch, Batch place) {
    LongAdder counted = new LongAdder();
    LongAdder expectedCount = new LongAdder();
    NormResults<Norm> expected = one.norms(NORMS, batch, expectedCount);
    NormResults<Norm> actual = split.norms(NORMS, place, counted);
    for (Norm norm : NORMS) {
      assertArrayEquals(expected.of(norm), actual.of(norm), () -> "L" + norm + " of " + batch);
    }
    assertEquals(expectedCount.sum(), counted.sum(), () -> "elements counted of " + batch);
  }

  @Test
  void sharesAreEvenAndOneVectorGoesToTheFirst() {
    try (Norma norma = split(3)) {
      NormResults<Norm> results = norma.norms(List.of(Norm.L1), Batch.rows(numbers(22), 11, 2));
      assertEquals("fake:0+fake:1+fake:2", results.backend());
      assertEquals(List.of(3, 4, 4), shares());
      assertEquals("fake:0", norma.norms(List.of(Norm.L1), Batch.of(1.0)).backend());
      assertEquals(
          "fake:0+fake:1", norma.norms(List.of(Norm.L1), Batch.rows(numbers(4), 2, 2)).backend());
    }
  }

  private List<Integer> shares() {
    return children.stream().map(c -> c.plans.stream().mapToInt(Plan::count).sum()).toList();
  }

  @Test
  void allDevicesRunAtOnce() {
    CyclicBarrier together = new CyclicBarrier(3);
    try (Norma norma = split(3)) {
      for (FakeBackend child : children) {
        child.onRun = plan -> await(together);
      }
      assertEquals(3, norma.norms(Norm.L1, Batch.rows(numbers(6), 3, 2)).length);
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException("the others did not run", e);
    }
  }

  private List<Integer> mapped() {
    return children.stream().map(c -> c.maps.stream().mapToInt(MapPlan::count).sum()).toList();
  }

  @Test
  void gradientsOfTheHostAreSplit() {
    double[] data = numbers(22);
    double[] out = new double[22];
    try (Norma norma = split(3)) {
      norma.gradients().gradient(Norm.SQUARED_L2, Batch.rows(data, 11, 2), Batch.rows(out, 11, 2));
      assertEquals(List.of(3, 4, 4), mapped());
      double[] along =
          norma.gradients().jvp(Norm.SQUARED_L2, Batch.rows(data, 11, 2), Batch.rows(out, 11, 2));
      assertEquals(List.of(6, 8, 8), mapped());
      for (int i = 0; i < 22; i++) {
        assertEquals(2 * data[i], out[i]);
      }
      for (int v = 0; v < 11; v++) {
        assertEquals(4 * (square(data[2 * v]) + square(data[2 * v + 1])), along[v]);
      }
    }
  }

  private static double square(double x) {
    return x * x;
  }

  @Test
  void whatIsWrittenOnDevicesIsOnEachOfThem() {
    double[] data = numbers(22);
    try (Norma norma = split(3);
        DeviceBatch x = norma.upload(Batch.rows(data, 11, 2));
        DeviceBatch out = norma.upload(Batch.rows(new double[22], 11, 2))) {
      norma.gradients().gradient(Norm.SQUARED_L2, x, out);
      assertEquals(List.of(11, 11, 11), mapped());
      for (FakeBackend child : children) {
        double[] back = new double[22];
        child.memories.get(1).read(0, MemorySegment.ofArray(back));
        assertArrayEquals(DoubleStream.of(data).map(d -> 2 * d).toArray(), back);
      }
      norma.gradients().jvp(Norm.SQUARED_L2, x, out);
      assertEquals(List.of(14, 15, 15), mapped());
    }
  }

  @Test
  void whatIsConfinedToOneThreadIsWrittenByIt() {
    try (Norma norma = split(3);
        Arena arena = Arena.ofConfined()) {
      Elements out = Elements.of(arena.allocate(22 * Double.BYTES), ElementType.F64);
      norma
          .gradients()
          .gradient(Norm.SQUARED_L2, Batch.rows(numbers(22), 11, 2), Batch.rows(out, 11, 2));
      assertEquals(List.of(11, 0, 0), mapped());
      assertEquals(2 * numbers(22)[21], out.get(21));
    }
  }

  @Test
  void aFailureIsThrownWhenAllHaveEnded() {
    AtomicInteger ended = new AtomicInteger();
    try (Norma norma = split(3)) {
      children.get(0).onRun = plan -> fail("first");
      children.get(1).onRun = plan -> fail("second");
      children.get(2).onRun =
          plan -> {
            pause();
            ended.incrementAndGet();
          };
      DeviceException e =
          assertThrows(
              DeviceException.class, () -> norma.norms(Norm.L1, Batch.rows(numbers(6), 3, 2)));
      assertEquals(1, ended.get(), "devices that ended before the call did");
      assertEquals("first", e.getMessage());
      assertEquals("second", e.getSuppressed()[0].getMessage());
    }
  }

  private static void fail(String message) {
    throw FakeBackend.failure(message);
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anInterruptIsKeptForTheCaller() {
    try (Norma norma = split(2)) {
      children.get(1).onRun = plan -> pause();
      Thread.currentThread().interrupt();
      assertEquals(2, norma.norms(Norm.L1, Batch.rows(numbers(4), 2, 2)).length);
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void memoryOfOneThreadIsReadByThatThread() {
    List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
    try (Norma norma = split(2);
        Arena arena = Arena.ofConfined()) {
      children.forEach(child -> child.onRun = plan -> threads.add(Thread.currentThread()));
      MemorySegment memory = arena.allocate(64);
      norma.norms(Norm.L1, Batch.rows(Elements.of(memory, ElementType.F64), 4, 2));
      assertEquals(List.of(Thread.currentThread()), threads);
    }
  }

  @Test
  void anUploadIsOnEveryDeviceOrOnNone() {
    try (Norma norma = split(3)) {
      DeviceBatch copy = norma.upload(Batch.rows(numbers(6), 3, 2));
      children.forEach(child -> assertFalse(child.memories.isEmpty()));
      copy.close();
      children.get(2).onUpload = () -> fail("full");
      assertThrows(DeviceException.class, () -> norma.upload(Batch.of(1.0)));
    }
    for (FakeBackend child : children) {
      child.memories.forEach(memory -> assertEquals(1, memory.closed.get(), child.name()));
    }
  }

  @Test
  void closingClosesAllEvenWhenOneFails() {
    Norma norma = split(3);
    children.get(0).onClose = () -> fail("stuck");
    assertEquals("stuck", assertThrows(DeviceException.class, norma::close).getMessage());
    children.forEach(child -> assertEquals(1, child.closed.get(), child.name()));
  }
}
