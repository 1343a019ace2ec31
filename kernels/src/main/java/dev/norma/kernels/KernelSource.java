package dev.norma.kernels;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the source of a program together: the prelude of a dialect, the element type, the primitives
 * or a function, and the layouts. There is one of each; none is written twice.
 */
public final class KernelSource {
  /** The types of elements, as their headers are called. */
  private static final List<String> TYPES = List.of("f64", "f32", "f16", "bf16");

  /** The primitives that are bound by memory, which {@code several} is made of. */
  private static final List<String> LIGHT =
      List.of("nonzero_count", "abs_sum", "square_sum", "abs_max", "abs_min");

  private static final String SEVERAL = "several";
  private static final String POWERS = "pow_sum";

  private static final List<String> LAYOUTS =
      List.of("position", "rows", "columns", "listed", "fold");

  /** The function that has a header of its own for the shorter types. */
  private static final String SCALE = "scale";

  /** The functions of one element that are bound by memory. */
  private static final List<String> LIGHT_FUNCTIONS =
      List.of("zero", SCALE, "sign", "tie", "equal", "shrink", "clamp");

  /** Another one, which can be written and summed like them. */
  private static final String POWER = "power";

  /** The functions of two elements, which are only written: without a power, and with one. */
  private static final String HESSIAN = "hessian";

  private static final String POWER_HESSIAN = "power_hessian";

  private static final String MAP = "map_";
  private static final String RUN = "run_";
  private static final String TOTAL = "total_";

  private KernelSource() {}

  /** Returns all programs that there are. */
  public static List<Program> programs() {
    List<String> all = new ArrayList<>(LIGHT);
    all.add(SEVERAL);
    all.add(POWERS);
    for (String becomes : List.of(MAP, RUN, TOTAL)) {
      LIGHT_FUNCTIONS.forEach(function -> all.add(becomes + function));
    }
    all.addAll(
        List.of(MAP + POWER, TOTAL + POWER, MAP + HESSIAN, RUN + HESSIAN, MAP + POWER_HESSIAN));
    return TYPES.stream()
        .flatMap(type -> all.stream().map(reduction -> new Program(type, reduction)))
        .toList();
  }

  /**
   * Returns the source of a program in OpenCL C 1.2.
   *
   * @throws IllegalArgumentException if there is no such type, reduction or function
   */
  public static String openCl(Program program) {
    return source("prelude_opencl", program);
  }

  /**
   * Returns the source of a program in the OpenCL C of Clang for its PTX target, of which {@link
   * #ptx} is made.
   *
   * @throws IllegalArgumentException if there is no such type, reduction or function
   */
  public static String cuda(Program program) {
    return source("prelude_cuda", program);
  }

  /**
   * Returns a program as PTX of ISA 6.3 for compute capability 5.0 and above, which every CUDA
   * driver since R418 compiles for its device.
   *
   * @throws IllegalArgumentException if there is no such type, reduction or function
   */
  public static String ptx(Program program) {
    check(program);
    return read(ptxFile(program));
  }

  /** Returns the name of the resource with the PTX of a program, next to this class. */
  static String ptxFile(Program program) {
    return "ptx/" + program.type() + "_" + program.reduction() + ".ptx";
  }

  private static void check(Program program) {
    if (!programs().contains(program)) {
      throw new IllegalArgumentException("program: there is no " + program);
    }
  }

  private static String source(String prelude, Program program) {
    check(program);
    List<String> headers = new ArrayList<>(List.of(prelude));
    if (!program.type().equals("f64")) {
      headers.add("binary32");
    }
    headers.add("element_" + program.type());
    headers.add("sum");
    return switch (program.reduction().replaceFirst("_.*", "_")) {
      case MAP ->
          function(
              headers,
              program,
              "map",
              List.of("written", "map", "apply", "tile", "span", "short_map", "apply_short"));
      case RUN -> function(headers, program, "map", List.of("written", "run", "apply"));
      case TOTAL ->
          function(
              headers,
              program,
              "total",
              List.of(
                  "total",
                  "team",
                  "apply",
                  "fold",
                  "tile",
                  "span",
                  "row_lanes",
                  "short_total",
                  "apply_short"));
      default -> reduction(headers, program);
    };
  }

  private static String reduction(List<String> headers, Program program) {
    String reduction = program.reduction();
    if (reduction.equals(SEVERAL)) {
      headers.addAll(LIGHT);
    }
    if (reduction.equals(POWERS)) {
      headers.addAll(List.of("power_of_two", "log2exp2"));
    }
    headers.add(reduction);
    headers.addAll(List.of("reduction", "team", "tile", "row_lanes", "staged"));
    if (LIGHT.contains(reduction) && !program.type().endsWith("f16")) {
      headers.add("short"); // see there why no others
    }
    headers.addAll(LAYOUTS);
    return "#define REDUCTION " + reduction + "\n" + text(headers);
  }

  /** A function, whose values are written or summed by the last headers. */
  private static String function(
      List<String> headers, Program program, String reduction, List<String> last) {
    String function = program.reduction().replaceFirst("^[a-z]+_", "");
    boolean isShort = !program.type().equals("f64");
    if (isShort) {
      headers.add("write_binary32");
    }
    headers.addAll(List.of("write_" + program.type(), "reduction", "function"));
    if (function.equals(HESSIAN)) {
      headers.add("power_of_two");
    }
    if (function.startsWith(POWER)) {
      headers.addAll(List.of("power_of_two", "log2exp2", "power_factor"));
    }
    headers.add(function);
    if (isShort && function.equals(SCALE) && reduction.equals("map")) {
      headers.add("short_multiple");
    }
    headers.addAll(List.of("position", "operands"));
    headers.addAll(last);
    return "#define REDUCTION " + reduction + "\n#define OF_FUNCTION\n" + text(headers);
  }

  private static String text(List<String> headers) {
    StringBuilder source = new StringBuilder();
    for (String header : headers) {
      source.append("#line 1 \"").append(header).append(".h\"\n").append(read(header + ".h"));
    }
    return source.toString();
  }

  private static String read(String file) {
    try (InputStream in = KernelSource.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
