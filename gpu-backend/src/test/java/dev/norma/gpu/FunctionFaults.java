package dev.norma.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.Batch;
import dev.norma.DeviceException;
import dev.norma.DeviceException.Fault;
import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.spi.DeviceMemory;
import dev.norma.spi.ElementMap;
import dev.norma.spi.MapPlan;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever a device fails at while functions are computed, the caller is told, the next call works,
 * nothing is left open, and values that were written are not computed again from each other.
 */
public abstract class FunctionFaults {
  private static final int ELEMENTS = 40_000;
  private static final float[] DATA = new float[ELEMENTS];

  private final Supplier<Device> devices;
  private Map<String, Long> handles;

  static {
    for (int i = 0; i < DATA.length; i++) {
      DATA[i] = i % 77 - 40;
    }
  }

  /** Tests a device, which is opened again and again. */
  protected FunctionFaults(Supplier<Device> devices) {
    this.devices = devices;
  }

  @BeforeEach
  final void countHandles() {
    handles = Handle.live();
  }

  /** How vectors lie that kernels of every kind take, in several pieces. */
  enum Shape {
    ROWS,
    LONG_ROWS,
    COLUMNS,
    RAGGED;

    private Batch of(Elements e) {
      return switch (this) {
        case ROWS -> Batch.rows(e, 80, 500);
        case LONG_ROWS -> Batch.rows(e, 4, 10_000);
        case COLUMNS -> Batch.columns(e, 4000, 10);
        case RAGGED -> Batch.ragged(e, new long[] {0, 7, 7, 9000, ELEMENTS});
      };
    }

    /** Writes twice the elements in their place. */
    MapPlan doubling(Elements e) {
      Batch x = of(e);
      double[][] coefficients = new double[4][(int) x.count()];
      for (int k = 0; k < coefficients.length; k++) {
        Arrays.fill(coefficients[k], k == 1 ? 0 : k == 0 ? 2 : 1);
      }
      return MapPlan.writing(ElementMap.SCALE, coefficients, x, null, x, false);
    }

    /** Sums the products of the signs with the elements: their absolute values. */
    MapPlan summing(Elements e) {
      Batch x = of(e);
      double[][] ones = new double[1][(int) x.count()];
      Arrays.fill(ones[0], 1);
      return MapPlan.summing(ElementMap.SIGN, ones, x, x);
    }
  }

  private static double total() {
    double total = 0;
    for (float x : DATA) {
      total += Math.abs(x);
    }
    return total;
  }

  /** Fails at its n-th operation, once. */
  private static final class Failing extends WrappedDevice {
    private final Fault fault;
    private int left;
    private DeviceException thrown;

    Failing(Device device, int n, Fault fault) {
      super(device);
      this.left = n;
      this.fault = fault;
    }

    @Override
    public Limits limits() {
      return new Limits(super.limits().name(), "", 1 << 20, 1 << 30, 128, false, true, false);
    }

    void mend() {
      left = -1;
    }

    @Override
    void before(Operation operation, long size) {
      if (--left == 0) {
        thrown = new DeviceException(fault, operation + " failed", null);
        throw thrown;
      }
    }
  }

  /** Fails at one operation after the other, until a call needs no more of them. */
  private void everyOperationOnce(Fault fault, BiConsumer<GpuBackend, Failing> call) {
    int failures = 0;
    for (boolean failed = true; failed; failures++) {
      Failing device = new Failing(devices.get(), failures + 1, fault);
      try (GpuBackend backend = new GpuBackend(device)) {
        call.accept(backend, device);
        failed = device.thrown != null;
        device.mend();
        call.accept(backend, device);
      }
      assertEquals(handles, Handle.live(), "left open after failure " + failures);
    }
    assertTrue(failures > 12, "only " + failures + " operations could fail");
  }

  /** Calls something, which throws what the device threw, or else does what it should. */
  private static void attempt(Failing device, Runnable call, Runnable check) {
    try {
      call.run();
    } catch (DeviceException e) {
      if (!e.equals(device.thrown)
          && (device.thrown == null || !device.thrown.equals(e.getCause()))) {
        throw e;
      }
      return;
    }
    check.run();
  }

  private static void checkDoubled(float[] data) {
    for (int i = 0; i < data.length; i++) {
      assertEquals(2 * DATA[i], data[i]);
    }
  }

  @ParameterizedTest
  @EnumSource
  final void anyOperationMayFailWhereDataComesInPieces(Shape shape) {
    for (Fault fault : new Fault[] {Fault.FAILED, Fault.OUT_OF_MEMORY}) {
      everyOperationOnce(
          fault,
          (backend, device) -> {
            float[] data = DATA.clone();
            attempt(
                device,
                () -> backend.map(shape.doubling(Elements.of(data))),
                () -> checkDoubled(data));
          });
    }
  }

  @ParameterizedTest
  @EnumSource
  final void anyOperationMayFailWhereDataStays(Shape shape) {
    for (Fault fault : new Fault[] {Fault.FAILED, Fault.OUT_OF_MEMORY}) {
      everyOperationOnce(
          fault, (backend, device) -> attempt(device, () -> resident(backend, shape), () -> {}));
    }
  }

  private static void resident(GpuBackend backend, Shape shape) {
    float[] back = new float[ELEMENTS];
    try (DeviceMemory memory = backend.upload(MemorySegment.ofArray(DATA)).orElseThrow()) {
      backend.map(shape.doubling(Elements.onDevice(memory, ElementType.F32)));
      memory.read(0, MemorySegment.ofArray(back));
    }
    checkDoubled(back);
  }

  @ParameterizedTest
  @EnumSource
  final void anyOperationMayFailWhereValuesAreSummed(Shape shape) {
    everyOperationOnce(
        Fault.FAILED,
        (backend, device) ->
            attempt(
                device,
                () -> {
                  double[] sums = backend.sum(shape.summing(Elements.of(DATA))).hi();
                  assertEquals(total(), Arrays.stream(sums).sum());
                },
                () -> {}));
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
        throw new DeviceException(Fault.OUT_OF_MEMORY, "no room for " + size + " bytes", null);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  final void piecesGetSmallerWhereMemoryIsScarce(Shape shape) {
    Scarce device = new Scarce(devices.get(), 100_000);
    float[] data = DATA.clone();
    try (GpuBackend backend = new GpuBackend(device)) {
      backend.map(shape.doubling(Elements.of(data)));
      checkDoubled(data);
      assertEquals(
          total(), Arrays.stream(backend.sum(shape.summing(Elements.of(DATA))).hi()).sum());
    }
    assertTrue(device.refused);
    assertEquals(handles, Handle.live());
  }

  @ParameterizedTest
  @EnumSource
  final void aDeviceWithoutMemoryIsAClearErrorAndChangesNothing(Shape shape) {
    float[] data = DATA.clone();
    try (GpuBackend backend = new GpuBackend(new Scarce(devices.get(), 1000))) {
      DeviceException e =
          assertThrows(DeviceException.class, () -> backend.map(shape.doubling(Elements.of(data))));
      assertEquals(Fault.OUT_OF_MEMORY, e.fault());
    }
    assertArrayEquals(DATA, data);
    assertEquals(handles, Handle.live());
  }
}
