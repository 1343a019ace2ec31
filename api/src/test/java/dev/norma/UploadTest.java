package dev.norma;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches in memory of a device, and their copies where there is none. */
class UploadTest {
  private static final List<Norm> NORMS =
      List.of(Norm.L0, Norm.L1, Norm.L2, Norm.LINF, Norm.NEG_INF, Norm.lp(3), Norm.lp(-1));

  private static FakeBackend backend(boolean device) {
    return device ? FakeBackend.device("fake:0") : FakeBackend.cpu();
  }

  private static Norma norma(FakeBackend backend) {
    return new Norma(new Session(backend));
  }

  private static double[] numbers(int count) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (i % 2 == 0 ? 1 : -1) * (i * i % 97 + 0.25);
    }
    return numbers;
  }

  private static Stream<Batch> batches() {
    Elements f64 = Elements.of(numbers(120));
    Elements bf16 = Elements.bf16(new short[] {0x3F80, 0x4000, 0x4040, 0x4080, 0x40A0, 0x40C0});
    long[] offsets = {3, 3, 10, 11, 40, 40};
    long[] shape = {3, 4, 5};
    return Stream.of(
        Batch.of(f64),
        Batch.rows(f64, 7, 4, 6, 9),
        Batch.rows(f64, 7, 4, 6, 9).slice(1, 3),
        Batch.columns(f64, 5, 6, 3, 11),
        Batch.columns(f64, 5, 6, 3, 11).slice(1, 2),
        Batch.along(NdArray.strided(f64, 60, shape, new long[] {20, -5, 1}), 1).slice(4, 9),
        Batch.ragged(f64, offsets),
        Batch.ragged(f64, offsets).slice(2, 4),
        Batch.ragged(f64, offsets).slice(0, 1),
        Batch.rows(f64, 5, 0),
        Batch.rows(bf16, 1, 2, 2, 3));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCopyHasTheSameNormsAndNoMoreThanItsElements(boolean device) {
    try (Norma norma = norma(backend(device))) {
      batches()
          .forEach(
              batch -> {
                try (DeviceBatch copy = norma.upload(batch)) {
                  assertSameNorms(norma, batch, copy);
                  long bytes = batch.layout().extent().length() * batch.type().bytes();
                  assertEquals(bytes, copy.byteSize(), batch::toString);
                  assertEquals(device, copy.elements().device() != null, batch::toString);
                  assertEquals(norma.backend(), copy.backend());
                }
              });
    }
  }

  private static void assertSameNorms(Norma norma, Batch expected, Batch actual) {
    NormResults<Norm> results = norma.norms(NORMS, actual);
    for (Norm norm : NORMS) {
      double[] wanted = norma.norms(norm, expected);
      assertArrayEquals(wanted, results.of(norm), () -> "L" + norm + " of " + expected);
    }
  }

  @Test
  void aCopyIsNotTheCallersMemoryNorHisOffsets() {
    double[] data = numbers(12);
    long[] offsets = {2, 5, 12};
    try (Norma norma = norma(FakeBackend.cpu());
        DeviceBatch copy = norma.upload(Batch.ragged(data, offsets))) {
      double[] before = norma.norms(Norm.L1, copy);
      data[3] = 1e9;
      offsets[1] = 2;
      assertArrayEquals(before, norma.norms(Norm.L1, copy));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void itIsCopiedBackAsItLay(boolean device) {
    double[] data = numbers(12);
    try (Norma norma = norma(backend(device))) {
      DeviceBatch copy = norma.upload(Batch.rows(Elements.of(data), 1, 2, 3, 5));
      double[] back = new double[8]; // from the first element of row 0 to the last of row 1
      copy.copyTo(MemorySegment.ofArray(back));
      assertArrayEquals(Arrays.copyOfRange(data, 1, 9), back);
      norma.gradients().gradient(Norm.SQUARED_L2, copy.slice(1, 2), copy.slice(1, 2));
      copy.copyTo(MemorySegment.ofArray(back));
      assertArrayEquals(Arrays.copyOfRange(data, 1, 6), Arrays.copyOf(back, 5));
      for (int i = 5; i < 8; i++) {
        assertEquals(2 * data[1 + i], back[i]);
      }
      copy.close();
      assertThrows(IllegalStateException.class, () -> copy.copyTo(MemorySegment.ofArray(back)));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void itIsNotCopiedToWhereItDoesNotFit(boolean device) {
    try (Norma norma = norma(backend(device));
        DeviceBatch copy = norma.upload(Batch.of(numbers(3)))) {
      for (int size : new int[] {0, 2, 4}) {
        MemorySegment to = MemorySegment.ofArray(new double[size]);
        Exception e = assertThrows(IllegalArgumentException.class, () -> copy.copyTo(to));
        assertEquals("to: has " + 8 * size + " bytes, and the device batch 24", e.getMessage());
      }
      MemorySegment to = MemorySegment.ofArray(new double[3]).asReadOnly();
      Exception e = assertThrows(IllegalArgumentException.class, () -> copy.copyTo(to));
      assertEquals("to: the segment is read-only", e.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void itsElementsCanBeViewedInOtherWays(boolean device) {
    double[] data = numbers(12);
    try (Norma norma = norma(backend(device));
        DeviceBatch rows = norma.upload(Batch.rows(data, 3, 4))) {
      Batch columns = Batch.columns(rows.elements(), 3, 4);
      assertSameNorms(norma, Batch.columns(data, 3, 4), columns);
      Matrices matrix = Matrices.of(rows.elements(), 3, 4);
      double[] induced = norma.norms(MatrixNorm.INDUCED_1, Matrices.of(data, 3, 4));
      assertArrayEquals(induced, norma.norms(MatrixNorm.INDUCED_1, matrix));
      double[] out = new double[4];
      norma.norms(Norm.L1, columns, out, 0);
      double[] other = new double[4];
      norma.norms(Norm.L1, columns, MemorySegment.ofArray(other));
      norma.norms(MatrixNorm.INDUCED_1, matrix, other, 3);
      assertArrayEquals(new double[] {out[0], out[1], out[2], induced[0]}, other);
    }
  }

  @Test
  void aCopyCanBeCopied() {
    Batch rows = Batch.rows(numbers(12), 3, 4);
    FakeBackend backend = FakeBackend.device("fake:0");
    try (Norma norma = norma(backend);
        Norma host = norma(FakeBackend.cpu())) {
      DeviceBatch first = norma.upload(rows);
      DeviceBatch second = norma.upload(first.slice(1, 3));
      first.close();
      assertSameNorms(norma, rows.slice(1, 3), second);
      assertEquals(8 * Double.BYTES, second.byteSize());
      assertThrows(IllegalArgumentException.class, () -> host.upload(second));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void afterCloseEveryViewIsRefused(boolean device) {
    FakeBackend backend = backend(device);
    try (Norma norma = norma(backend)) {
      DeviceBatch copy = norma.upload(Batch.rows(numbers(12), 3, 4));
      List<Batch> views = List.of(copy, copy.slice(0, 1), Batch.of(copy.elements()));
      copy.close();
      copy.close();
      for (Batch view : views) {
        IllegalStateException e =
            assertThrows(IllegalStateException.class, () -> norma.norms(Norm.L2, view));
        assertEquals("this device batch is closed", e.getMessage());
      }
      assertThrows(IllegalStateException.class, () -> norma.upload(copy));
      assertThrows(IllegalStateException.class, () -> copy.elements().get(0));
    }
    assertEquals(List.of(), backend.plans, "plans on closed memory");
    backend.memories.forEach(memory -> assertEquals(1, memory.closed.get()));
  }

  @Test
  void anotherNormaRefusesADevicesMemoryByName() {
    try (Norma one = norma(FakeBackend.device("fake:0"));
        Norma other = norma(FakeBackend.device("fake:1"));
        DeviceBatch copy = one.upload(Batch.of(1.0, 2.0))) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> other.norm(Norm.L1, copy.slice(0, 1)));
      assertEquals(
          "batch: it was uploaded to fake:0 by another Norma; this one computes on fake:1",
          e.getMessage());
      assertEquals(3, one.norm(Norm.L1, copy));
    }
  }

  @Test
  void closingNormaReleasesWhatIsOpenFirst() {
    FakeBackend backend = FakeBackend.device("fake:0");
    List<String> order = new ArrayList<>();
    backend.onClose = () -> order.add(backend.closed.get() == 0 ? "memory" : "backend");
    Norma norma = norma(backend);
    norma.upload(Batch.of(1.0));
    DeviceBatch closedBefore = norma.upload(Batch.of(2.0));
    closedBefore.close();
    norma.close();
    assertEquals(List.of("memory", "memory", "backend"), order);
    closedBefore.close();
    assertThrows(IllegalStateException.class, () -> norma.upload(Batch.of(1.0)));

    Norma host = norma(FakeBackend.cpu());
    DeviceBatch copy = host.upload(Batch.of(1.0));
    host.close();
    assertFalse(copy.elements().segment().scope().isAlive(), "host copy after close");
  }

  @Test
  void theBackendIsClosedEvenIfItsMemoryCannotBe() {
    FakeBackend backend = FakeBackend.device("fake:0");
    Norma norma = norma(backend);
    norma.upload(Batch.of(1.0));
    norma.upload(Batch.of(2.0));
    backend.onClose =
        () -> {
          if (backend.closed.get() == 0) {
            throw FakeBackend.failure("lost");
          }
        };
    assertEquals("lost", assertThrows(DeviceException.class, norma::close).getMessage());
    assertEquals(1, backend.closed.get());
    backend.memories.forEach(memory -> assertEquals(1, memory.closed.get()));
  }

  @Test
  void closingWaitsForACallUnderWay() throws InterruptedException {
    FakeBackend backend = FakeBackend.device("fake:0");
    try (Norma norma = norma(backend);
        DeviceBatch copy = norma.upload(Batch.of(1.0))) {
      assertCloseWaits(
          backend,
          copy,
          stall -> backend.onRun = plan -> stall.run(),
          () -> assertEquals(1, norma.norm(Norm.L1, copy)));
    }
  }

  @Test
  void closingWaitsForAnElementThatIsRead() throws InterruptedException {
    FakeBackend backend = FakeBackend.device("fake:0");
    try (Norma norma = norma(backend);
        DeviceBatch copy = norma.upload(Batch.of(1.0))) {
      assertCloseWaits(
          backend,
          copy,
          stall -> backend.onRead = stall,
          () -> assertEquals(1, copy.elements().get(0)));
    }
  }

  /** Closes a batch while a call waits inside the backend, where {@code place} puts the wait. */
  private static void assertCloseWaits(
      FakeBackend backend, DeviceBatch copy, Consumer<Runnable> place, Runnable call)
      throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    place.accept(
        () -> {
          running.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    Thread caller = new Thread(call);
    caller.start();
    running.await();
    Thread closer = new Thread(copy::close);
    closer.start();
    closer.join(50);
    int closed = backend.memories.get(0).closed.get();
    release.countDown(); // or else a failure would wait for ever
    closer.join();
    caller.join();
    assertEquals(0, closed, "closed while a call was under way");
    assertEquals(1, backend.memories.get(0).closed.get());
  }

  @Test
  void aFailureOfTheDeviceReachesTheCaller() {
    FakeBackend backend = FakeBackend.device("fake:0");
    backend.onUpload =
        () -> {
          throw FakeBackend.failure("fake:0: out of memory");
        };
    try (Norma norma = norma(backend)) {
      assertThrows(DeviceException.class, () -> norma.upload(Batch.of(1.0)));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsForgottenIsReleasedAndReported(boolean device) throws InterruptedException {
    FakeBackend backend = backend(device);
    try (LogLines log = new LogLines(Level.WARNING);
        Norma norma = norma(backend)) {
      List<Batch> view = new ArrayList<>(List.of(forgotten(norma)));
      WeakReference<Elements> elements = new WeakReference<>(view.get(0).elements());
      collect(() -> !log.lines().isEmpty(), 300);
      assertEquals(30, norma.norms(Norm.L1, view.get(0))[0]);
      assertEquals(List.of(), log.lines(), "while a view is in use");
      view.clear();
      backend.plans.clear();
      collect(() -> !log.lines().isEmpty(), 20_000);
      assertTrue(elements.refersTo(null), "still reachable");
      assertEquals(
          List.of(
              "a device batch of 48 bytes on "
                  + norma.backend()
                  + " was never closed; its memory is released now"),
          log.lines());
    }
  }

  /** Leaves a view of a device batch and not the batch. */
  private static Batch forgotten(Norma norma) {
    DeviceBatch copy = norma.upload(Batch.rows(new double[] {10, 1, 1, 20, 1, 1}, 2, 3));
    return Batch.columns(copy.elements(), 2, 3);
  }

  @Test
  void whatIsClosedIsNotReported() throws InterruptedException {
    FakeBackend backend = FakeBackend.device("fake:0");
    try (LogLines log = new LogLines(Level.WARNING);
        Norma norma = norma(backend)) {
      WeakReference<Elements> elements = closed(norma);
      collect(() -> elements.refersTo(null), 20_000);
      collect(() -> false, 100);
      assertEquals(List.of(), log.lines());
    }
    assertEquals(1, backend.memories.get(0).closed.get());
  }

  private static WeakReference<Elements> closed(Norma norma) {
    try (DeviceBatch copy = norma.upload(Batch.of(1.0))) {
      return new WeakReference<>(copy.elements());
    }
  }

  private static void collect(java.util.function.BooleanSupplier done, long millis)
      throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    while (!done.getAsBoolean() && System.nanoTime() < end) {
      System.gc();
      Thread.sleep(10);
    }
  }
}
