package dev.norma.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.Batch;
import dev.norma.DeviceException;
import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.spi.DeviceMemory;
import dev.norma.spi.Plan;
import dev.norma.spi.PlanResult;
import dev.norma.spi.Primitive;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever a device fails at, the caller is told, the next call works, and nothing is left open.
 */
public abstract class DeviceFaults {
  private static final float[] DATA = new float[50_000];

  /** Vectors that lie as kernels of every kind take them, in pieces where they can be cut. */
  private static final List<Batch> BATCHES =
      List.of(
          Batch.rows(DATA, 100, 500),
          Batch.rows(DATA, 3, 16_000),
          Batch.columns(DATA, 5000, 10),
          Batch.ragged(DATA, new long[] {0, 7, 7, 9000, 50_000}));

  private final Supplier<Device> devices;
  private Map<String, Long> handles;

  static {
    for (int i = 0; i < DATA.length; i++) {
      DATA[i] = i % 77 - 40;
    }
  }

  /** Tests a device, which is opened again and again. */
  protected DeviceFaults(Supplier<Device> devices) {
    this.devices = devices;
  }

  @BeforeEach
  final void countHandles() {
    handles = Handle.live();
  }

  /** Fails at its n-th operation, once. */
  private static final class Failing extends WrappedDevice {
    private int left;
    private DeviceException thrown;

    Failing(Device device, int n) {
      super(device);
      left = n;
    }

    /** So little memory that the data comes in several pieces. */
    @Override
    public Limits limits() {
      Limits all = super.limits();
      return new Limits(
          all.name(), "", 1 << 19, 1 << 30, all.alignment(), all.sharesMemory(), true, all.cpu());
    }

    void mend() {
      left = -1;
    }

    @Override
    void before(Operation operation, long size) {
      if (--left == 0) {
        thrown = new DeviceException(DeviceException.Fault.FAILED, operation + " failed", null);
        throw thrown;
      }
    }
  }

  private static Plan plan(Batch batch) {
    List<Primitive> primitives = List.of(Primitive.ABS_SUM, Primitive.ABS_MAX);
    return new Plan(batch, primitives, null, new LongAdder());
  }

  private static double[] sums(GpuBackend backend, Batch batch) {
    Plan plan = plan(batch);
    try {
      PlanResult result = backend.run(plan);
      assertEquals(batch.layout().size(), plan.progress().sum());
      return result.hi(0);
    } catch (DeviceException e) {
      assertEquals(0, plan.progress().sum(), "progress of a plan that failed");
      throw e;
    }
  }

  private static double[] expected(Batch batch) {
    return IntStream.range(0, (int) batch.count())
        .mapToDouble(
            v -> {
              double sum = 0; // of small integers: exact
              for (long i = 0; i < batch.length(v); i++) {
                long at = batch.layout().start(v) + batch.layout().elements(v).offset(i);
                sum += Math.abs(DATA[(int) at]);
              }
              return sum;
            })
        .toArray();
  }

  /** Fails at one operation after the other until a call needs no more of them. */
  private void everyOperationOnce(Batch batch, Function<GpuBackend, double[]> call) {
    int failures = 0;
    for (boolean failed = true; failed; failures += failed ? 1 : 0) {
      Failing device = new Failing(devices.get(), failures + 1);
      try (GpuBackend backend = new GpuBackend(device)) {
        failed = fails(device, () -> call.apply(backend));
        device.mend();
        assertArrayEquals(expected(batch), call.apply(backend), batch + " after a failure");
      }
      assertEquals(handles, Handle.live(), "left open after failure " + failures);
    }
    assertTrue(failures > 7, "only " + failures + " operations could fail");
  }

  private static boolean fails(Failing device, Supplier<double[]> call) {
    try {
      return call.get() == null;
    } catch (DeviceException e) {
      assertEquals(device.thrown, e);
      return true;
    }
  }

  @Test
  final void anyOperationMayFailWhereDataComesInPieces() {
    for (Batch batch : BATCHES) {
      everyOperationOnce(batch, backend -> sums(backend, batch));
    }
  }

  @Test
  final void anyOperationMayFailWhereDataStays() {
    for (Batch batch : BATCHES) {
      everyOperationOnce(
          batch,
          backend -> {
            try (DeviceMemory memory = backend.upload(MemorySegment.ofArray(DATA)).orElseThrow()) {
              return sums(backend, moved(batch, Elements.onDevice(memory, ElementType.F32)));
            }
          });
    }
  }

  @Test
  final void anyOperationMayFailWhereMemoryIsShared() {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment host = arena.allocate(DATA.length * 4L, 4096);
      host.copyFrom(MemorySegment.ofArray(DATA));
      for (Batch batch : BATCHES) {
        Batch shared = moved(batch, Elements.of(host, ElementType.F32));
        everyOperationOnce(batch, backend -> sums(backend, shared));
      }
    }
  }

  /** Views other memory with the same content. */
  private static Batch moved(Batch batch, Elements elements) {
    return switch (BATCHES.indexOf(batch)) {
      case 0 -> Batch.rows(elements, 100, 500);
      case 1 -> Batch.rows(elements, 3, 16_000);
      case 2 -> Batch.columns(elements, 5000, 10);
      default -> Batch.ragged(elements, new long[] {0, 7, 7, 9000, 50_000});
    };
  }

  /** Has memory for no more than so much at a time. */
  private static final class Scarce extends WrappedDevice {
    private final long most;
    private boolean refused;

    Scarce(Device device, long most) {
      super(device);
      this.most = most;
    }

    @Override
    void before(Operation operation, long size) {
      if (operation == Operation.ALLOCATE && size > most) {
        refused = true;
        throw new DeviceException(
            DeviceException.Fault.OUT_OF_MEMORY, "no room for " + size + " bytes", null);
      }
    }
  }

  @Test
  final void piecesGetSmallerWhereMemoryIsScarce() {
    Scarce device = new Scarce(devices.get(), 150_000);
    try (GpuBackend backend = new GpuBackend(device)) {
      for (Batch batch : BATCHES) {
        assertArrayEquals(expected(batch), sums(backend, batch), batch.toString());
      }
    }
    assertTrue(device.refused);
    assertEquals(handles, Handle.live());
  }

  @Test
  final void aDeviceWithoutMemoryIsAClearError() {
    try (GpuBackend backend = new GpuBackend(new Scarce(devices.get(), 1000))) {
      DeviceException e = assertThrows(DeviceException.class, () -> sums(backend, BATCHES.get(0)));
      assertEquals(DeviceException.Fault.OUT_OF_MEMORY, e.fault());
      assertTrue(e.getMessage().startsWith("no room for "), e::getMessage);
      assertThrows(DeviceException.class, () -> backend.upload(MemorySegment.ofArray(DATA)));
    }
    assertEquals(handles, Handle.live());
  }

  @Test
  final void memoryOfAnotherBackendIsRefused() {
    try (GpuBackend one = new GpuBackend(new Failing(devices.get(), -1));
        GpuBackend other = new GpuBackend(new Failing(devices.get(), -1));
        DeviceMemory memory = one.upload(MemorySegment.ofArray(DATA)).orElseThrow()) {
      Batch batch = Batch.of(Elements.onDevice(memory, ElementType.F32));
      assertThrows(IllegalArgumentException.class, () -> other.run(plan(batch)));
    }
  }

  @Test
  final void closedMemoryIsRefused() {
    try (GpuBackend backend = new GpuBackend(new Failing(devices.get(), -1))) {
      DeviceMemory memory = backend.upload(MemorySegment.ofArray(DATA)).orElseThrow();
      Batch batch = Batch.of(Elements.onDevice(memory, ElementType.F32));
      assertFalse(sums(backend, batch)[0] == 0);
      memory.close();
      memory.close();
      assertThrows(IllegalStateException.class, () -> sums(backend, batch));
      assertThrows(
          IllegalStateException.class, () -> memory.read(0, MemorySegment.ofArray(new int[1])));
    }
  }

  @Test
  final void aBackendThatIsClosedReleasesWhatWasLeftThere() {
    GpuBackend backend = new GpuBackend(new Failing(devices.get(), -1));
    DeviceMemory memory = backend.upload(MemorySegment.ofArray(DATA)).orElseThrow();
    backend.close();
    assertEquals(handles, Handle.live());
    memory.close();
  }
}
