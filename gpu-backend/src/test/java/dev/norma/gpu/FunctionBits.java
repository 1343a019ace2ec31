package dev.norma.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.cpu.CpuBackendProvider;
import dev.norma.spi.Backend;
import dev.norma.spi.DeviceMemory;
import dev.norma.spi.ElementMap;
import dev.norma.spi.MapPlan;
import dev.norma.spi.PairSums;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Functions of elements on devices, of hard values, written and summed, in whatever layouts: they
 * have the bits of {@code cpu-scalar}.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class FunctionBits {
  private final Backend scalar = new CpuBackendProvider().open("cpu-scalar");
  private final int[] shapes;
  private List<Backend> devices;

  /** Takes the numbers of some shapes of {@link MapShapes#alike}. */
  FunctionBits(int... shapes) {
    this.shapes = shapes;
  }

  /** Opens what is compared with the CPU. */
  abstract List<Backend> open();

  @BeforeAll
  void openAll() {
    devices = open();
  }

  @AfterAll
  void close() {
    scalar.close();
    devices.forEach(Backend::close);
  }

  static Stream<Arguments> all() {
    return FunctionCase.maps()
        .flatMap(map -> Stream.of(ElementType.values()).map(type -> Arguments.of(map, type)));
  }

  /** Where the values of a plan go. */
  private enum Out {
    APART,
    OTHERWISE,
    IN_PLACE,
    ADDED
  }

  @ParameterizedTest
  @MethodSource("all")
  void writtenAsByTheCpu(ElementMap map, ElementType type) {
    FunctionCase with = new FunctionCase(map, type, 1);
    Elements x = with.elements(MapShapes.ELEMENTS);
    Elements w = with.elements(MapShapes.ELEMENTS);
    Elements out = with.elements(MapShapes.ELEMENTS);
    for (int shape : shapes) {
      double[][] coefficients = with.coefficients((int) MapShapes.alike(x).get(shape).count());
      for (Out place : Out.values()) {
        Elements expected = fresh(place == Out.IN_PLACE ? x : out);
        scalar.map(plan(map, coefficients, shape, place, x, w, expected));
        for (Backend device : devices) {
          String what =
              map + " of " + type + ", shape " + shape + ", " + place + " on " + device.name();
          Elements actual = fresh(place == Out.IN_PLACE ? x : out);
          device.map(plan(map, coefficients, shape, place, x, w, actual));
          same(expected, actual, what);
          same(
              expected,
              resident(device, map, coefficients, shape, place, x, w, out),
              what + ", resident");
        }
      }
    }
  }

  private static Elements fresh(Elements of) {
    MemorySegment copy = MemorySegment.ofArray(new long[MapShapes.ELEMENTS]);
    copy.asSlice(0, of.segment().byteSize()).copyFrom(of.segment());
    return Elements.of(copy.asSlice(0, of.segment().byteSize()), of.type());
  }

  private static MapPlan plan(
      ElementMap map,
      double[][] coefficients,
      int shape,
      Out place,
      Elements x,
      Elements w,
      Elements out) {
    Batch to =
        place == Out.OTHERWISE ? MapShapes.other(out, shape) : MapShapes.alike(out).get(shape);
    Batch from = MapShapes.alike(place == Out.IN_PLACE ? out : x).get(shape);
    Batch second = map.ofTwo() ? MapShapes.other(w, shape) : null;
    return MapPlan.writing(map, coefficients, from, second, to, place == Out.ADDED);
  }

  private static Elements resident(
      Backend device,
      ElementMap map,
      double[][] coefficients,
      int shape,
      Out place,
      Elements x,
      Elements w,
      Elements out) {
    try (DeviceMemory onX = device.upload(x.segment()).orElseThrow();
        DeviceMemory onW = device.upload(w.segment()).orElseThrow();
        DeviceMemory onOut =
            device.upload((place == Out.IN_PLACE ? x : out).segment()).orElseThrow()) {
      device.map(plan(map, coefficients, shape, place, on(onX, x), on(onW, x), on(onOut, x)));
      Elements back = fresh(out);
      onOut.read(0, back.segment());
      return back;
    }
  }

  private static Elements on(DeviceMemory memory, Elements like) {
    return Elements.onDevice(memory, like.type());
  }

  private static void same(Elements expected, Elements actual, String what) {
    long at = expected.segment().mismatch(actual.segment());
    if (at >= 0) {
      long i = at / expected.type().bytes();
      assertEquals(expected.get(i), actual.get(i), what + ", element " + i);
      throw new AssertionError(what + ": other bits of element " + i);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void summedAsByTheCpu(ElementMap map, ElementType type) {
    if (map.ofTwo()) {
      return;
    }
    FunctionCase with = new FunctionCase(map, type, 2);
    Elements x = with.elements(MapShapes.ELEMENTS);
    Elements w = with.elements(MapShapes.ELEMENTS);
    for (int shape : shapes) {
      double[][] coefficients = with.coefficients((int) MapShapes.alike(x).get(shape).count());
      for (int seconds = 0; seconds < 3; seconds++) {
        PairSums expected = scalar.sum(sum(map, coefficients, shape, seconds, x, w));
        for (Backend device : devices) {
          String what =
              map
                  + " of "
                  + type
                  + ", shape "
                  + shape
                  + " times "
                  + seconds
                  + " on "
                  + device.name();
          same(expected, device.sum(sum(map, coefficients, shape, seconds, x, w)), what);
          try (DeviceMemory onX = device.upload(x.segment()).orElseThrow();
              DeviceMemory onW = device.upload(w.segment()).orElseThrow()) {
            same(
                expected,
                device.sum(sum(map, coefficients, shape, seconds, on(onX, x), on(onW, w))),
                what + ", resident");
          }
        }
      }
    }
  }

  private static MapPlan sum(
      ElementMap map, double[][] coefficients, int shape, int seconds, Elements x, Elements w) {
    Batch second =
        switch (seconds) {
          case 0 -> null;
          case 1 -> MapShapes.alike(w).get(shape);
          default -> MapShapes.other(w, shape);
        };
    return MapPlan.summing(map, coefficients, MapShapes.alike(x).get(shape), second);
  }

  private static void same(PairSums expected, PairSums actual, String what) {
    for (int v = 0; v < expected.hi().length; v++) {
      assertEquals(expected.hi()[v], actual.hi()[v], what + ", vector " + v);
      if (Double.isFinite(expected.hi()[v])) {
        assertEquals(expected.lo()[v], actual.lo()[v], what + ", error of vector " + v);
      }
    }
  }
}
