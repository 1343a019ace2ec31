package dev.norma.kernels;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the source of a program together: the prelude of a dialect, the element type, the
 * primitives, and the layouts. There is one of each; none is written twice.
 */
public final class KernelSource {
  /** The types of elements, as their headers are called. */
  private static final List<String> TYPES = List.of("f64", "f32", "f16", "bf16");

  /** The primitives that are bound by memory, which {@code several} is made of. */
  private static final List<String> LIGHT =
      List.of("nonzero_count", "abs_sum", "square_sum", "abs_max", "abs_min");

  private static final String SEVERAL = "several";
  private static final String POWERS = "pow_sum";

  private static final List<String> LAYOUTS = List.of("rows", "columns", "listed", "fold");

  private KernelSource() {}

  /** Returns all programs that there are. */
  public static List<Program> programs() {
    List<String> reductions = new ArrayList<>(LIGHT);
    reductions.add(SEVERAL);
    reductions.add(POWERS);
    return TYPES.stream()
        .flatMap(type -> reductions.stream().map(reduction -> new Program(type, reduction)))
        .toList();
  }

  /**
   * Returns the source of a program in OpenCL C 1.2.
   *
   * @throws IllegalArgumentException if there is no such type or reduction
   */
  public static String openCl(Program program) {
    return source("prelude_opencl", program);
  }

  private static String source(String prelude, Program program) {
    if (!programs().contains(program)) {
      throw new IllegalArgumentException("program: there is no " + program);
    }
    List<String> headers = new ArrayList<>(List.of(prelude));
    if (!program.type().equals("f64")) {
      headers.add("binary32");
    }
    headers.add("element_" + program.type());
    headers.add("sum");
    if (program.reduction().equals(SEVERAL)) {
      headers.addAll(LIGHT);
    }
    headers.add(program.reduction());
    headers.add("reduction");
    headers.addAll(LAYOUTS);
    StringBuilder source = new StringBuilder("#define REDUCTION " + program.reduction() + "\n");
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
