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
  /** The reductions of a single primitive, by the names of their headers. */
  private static final List<String> SINGLE =
      List.of("nonzero_count", "abs_sum", "square_sum", "abs_max", "abs_min", "pow_sum");

  /** What {@code several} is made of. */
  private static final List<String> SEVERAL = SINGLE.subList(0, 5);

  private static final List<String> LAYOUTS = List.of("rows", "columns", "listed", "fold");

  private KernelSource() {}

  /**
   * Returns the source of a program in OpenCL C 1.2.
   *
   * @throws IllegalArgumentException if there is no such type or reduction
   */
  public static String openCl(Program program) {
    return source("prelude_opencl", program);
  }

  private static String source(String prelude, Program program) {
    List<String> headers = new ArrayList<>(List.of(prelude));
    if (!program.type().equals("f64")) {
      headers.add("binary32");
    }
    headers.add("element_" + program.type());
    headers.add("sum");
    if (program.reduction().equals("several")) {
      headers.addAll(SEVERAL);
    }
    headers.add(program.reduction());
    headers.add("reduction");
    headers.addAll(LAYOUTS);
    StringBuilder source = new StringBuilder("#define REDUCTION " + program.reduction() + "\n");
    for (String header : headers) {
      source.append("#line 1 \"").append(header).append(".h\"\n").append(read(header, program));
    }
    return source.toString();
  }

  private static String read(String header, Program program) {
    try (InputStream in = KernelSource.class.getResourceAsStream(header + ".h")) {
      if (in == null) {
        throw new IllegalArgumentException("program: there is no " + program);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
