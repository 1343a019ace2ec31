package dev.norma;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.spi.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** How many calls of a backend a list of small tensors takes, wherever they lie. */
class TensorsTest {
  private static final int COUNT = 2000;
  private static final double NORM = Math.sqrt(COUNT * 25.0);

  /** A tensor in two vectors, and another one that is not contiguous. */
  private static Batch tensor(int i) {
    double[] values = {3, 0, 0, 4};
    return i % 2 == 0 ? Batch.rows(values, 2, 2) : Batch.columns(values, 2, 2);
  }

  private static List<Batch> tensors() {
    List<Batch> tensors = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      tensors.add(tensor(i));
    }
    return tensors;
  }

  private static void checkClip(Norma norma, List<Batch> tensors) {
    assertEquals(NORM, norma.tensors().clip(Norm.L2, tensors, NORM / 2, NonFinite.ERROR), 1e-9);
    assertEquals(NORM / 2, norma.tensors().norm(Norm.L2, tensors), 1e-9);
  }

  @Test
  void thoseOfTheHostTakeFew() {
    FakeBackend device = FakeBackend.device("fake:0");
    try (Norma norma = new Norma(new Session(device))) {
      checkClip(norma, tensors());
      assertEquals(2, device.plans.size());
      assertEquals(1, device.maps.size());
    }
  }

  @Test
  void thoseOfADeviceTakeFew() {
    FakeBackend device = FakeBackend.device("fake:0");
    try (Norma norma = new Norma(new Session(device))) {
      List<Batch> tensors = new ArrayList<>();
      for (int i = 0; i < COUNT; i++) {
        tensors.add(norma.upload(Batch.rows(new double[] {3, 0, 0, 4}, 2, 2)));
      }
      checkClip(norma, tensors);
      assertEquals(2, device.plans.size());
      assertEquals(1, device.maps.size());
      assertEquals(3, device.memories.stream().filter(memory -> memory.closed.get() > 0).count());
      for (Batch tensor : tensors) {
        assertEquals(1.5, tensor.elements().get(0), 1e-12);
      }
    }
  }

  @Test
  void thoseOfSeveralDevicesStayEqual() {
    List<Backend> devices = List.of(FakeBackend.device("fake:0"), FakeBackend.device("fake:1"));
    try (Norma norma = new Norma(new Session(new SplitBackend("fake:all", devices)))) {
      Batch a = norma.upload(Batch.of(3.0, 0.0));
      Batch b = norma.upload(Batch.of(0.0, 4.0));
      assertEquals(5, norma.tensors().clip(Norm.L2, List.of(a, b), 2.5, NonFinite.ERROR), 1e-12);
      for (Backend device : devices) {
        assertArrayEquals(
            new double[] {1.5, 0, 0, 2},
            ((FakeBackend) device)
                .memories.stream()
                    .filter(m -> m.closed.get() == 0)
                    .flatMapToDouble(TensorsTest::content)
                    .toArray());
      }
    }
  }

  private static DoubleStream content(FakeBackend.Memory memory) {
    Elements elements = Elements.onDevice(memory, ElementType.F64);
    return DoubleStream.iterate(0, i -> i < elements.length(), i -> i + 1)
        .map(i -> elements.get((long) i));
  }

  @Test
  void memoryOfADeviceIsReleasedAfterAFailure() {
    FakeBackend device = FakeBackend.device("fake:0");
    try (Norma norma = new Norma(new Session(device))) {
      List<Batch> tensors = List.of(norma.upload(Batch.of(3.0)), norma.upload(Batch.of(4.0)));
      device.onRun =
          plan -> {
            throw FakeBackend.failure("lost");
          };
      assertThrows(DeviceException.class, () -> norma.tensors().norm(Norm.L2, tensors));
      assertEquals(1, device.memories.get(2).closed.get());
      assertTrue(device.memories.subList(0, 2).stream().allMatch(m -> m.closed.get() == 0));
    }
  }
}
