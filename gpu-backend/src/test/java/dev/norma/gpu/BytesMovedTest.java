package dev.norma.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.ElementType;
import dev.norma.gpu.CountedShapes.Shape;
import dev.norma.gpu.opencl.OclgrindRun;
import dev.norma.gpu.opencl.RequiresOpenCl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the kernels move, counted by a simulator, to the byte: each element is read once, each state
 * is written once, and what else is read is what each work-item looks up of its unit or vector.
 */
@RequiresOpenCl(oclgrind = true)
class BytesMovedTest {
  /** Work-items that take a unit of more than 16 elements. */
  private static final int TEAM = 8;

  /** Rows of a group of columns that are read at the same time. */
  private static final int COLUMN_ROWS = 8;

  private static final int SCALE = Double.BYTES;

  /** What each work-item looks up of a unit: where it begins, its first element, its length. */
  private static final int UNIT = 2 * Long.BYTES + Integer.BYTES;

  /** The step from one element to the next, of vectors that are listed. */
  private static final int STEP = Long.BYTES;

  /** What the first work-item of a unit looks up: where its state goes. */
  private static final int OUT = Integer.BYTES;

  private static final Pattern KERNEL = Pattern.compile("Instructions .* kernel '(\\w+)':");
  private static final Pattern GLOBAL =
      Pattern.compile(" *\\d+ - (load|store) global \\((\\d+) bytes\\)");

  /** A launch of a kernel, and what it read and wrote in memory of the device. */
  private record Launch(String kernel, long loaded, long stored) {}

  private static final Map<String, List<Launch>> COUNTED = new HashMap<>();

  @BeforeAll
  static void count() throws Exception {
    List<Launch> launches = new ArrayList<>();
    for (String line : OclgrindRun.counts(CountedShapes.class)) {
      Matcher kernel = KERNEL.matcher(line);
      Matcher global = GLOBAL.matcher(line);
      if (line.startsWith(CountedShapes.BEGIN)) {
        launches = new ArrayList<>();
        COUNTED.put(line.substring(CountedShapes.BEGIN.length()), launches);
      } else if (kernel.matches()) {
        launches.add(new Launch(kernel.group(1), 0, 0));
      } else if (global.matches()) {
        launches.add(with(launches.remove(launches.size() - 1), global));
      }
    }
  }

  private static Launch with(Launch launch, Matcher global) {
    long bytes = Long.parseLong(global.group(2));
    return global.group(1).equals("load")
        ? new Launch(launch.kernel, bytes, launch.stored)
        : new Launch(launch.kernel, launch.loaded, bytes);
  }

  static Stream<Arguments> all() {
    return Stream.of(Reduction.values())
        .flatMap(
            reduction ->
                Stream.of(ElementType.values())
                    .flatMap(
                        type ->
                            Stream.of(Shape.values())
                                .map(shape -> Arguments.of(reduction, type, shape))));
  }

  @ParameterizedTest
  @MethodSource("all")
  void elementsAreReadOnceAndStatesAreWritten(Reduction reduction, ElementType type, Shape shape) {
    List<Launch> expected = new ArrayList<>();
    if (reduction == Reduction.POW_SUM) { // the scales come first
      expected.addAll(launches(Reduction.ABS_MAX, type, shape));
    }
    expected.addAll(launches(reduction, type, shape));
    String name = CountedShapes.name(reduction, type, shape);
    assertEquals(expected, COUNTED.get(name), name);
  }

  private static List<Launch> launches(Reduction reduction, ElementType type, Shape shape) {
    long element = type.bytes();
    long state = (long) reduction.slots(type) * Long.BYTES;
    long scale = reduction == Reduction.POW_SUM ? SCALE : 0;
    return switch (shape) {
      case ROWS ->
          List.of(new Launch("reduce_rows", 5 * (800 * element + TEAM * scale), 5 * state));
      case LONG_ROWS ->
          List.of(
              new Launch("reduce_rows", 2 * 4196 * element + 4 * TEAM * scale, 4 * state),
              new Launch("fold_listed", 4 * state + 2 * (UNIT + OUT), 2 * state));
      case COLUMNS ->
          List.of(
              new Launch("reduce_columns", 40 * (100 * element + COLUMN_ROWS * scale), 40 * state));
      case RAGGED ->
          List.of(
              new Launch("reduce_listed", element + UNIT + STEP + scale + OUT, state),
              new Launch(
                  "reduce_listed",
                  3999 * element + 3 * (TEAM * (UNIT + STEP + scale) + OUT),
                  3 * state));
    };
  }
}
