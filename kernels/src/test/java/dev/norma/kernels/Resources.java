package dev.norma.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a kernel takes of a device.
 *
 * @param row the type, program and kernel, as cells of a table
 * @param registers of a thread
 * @param shared bytes of shared memory of a group
 */
record Resources(String row, int registers, int shared) {
  private static final Pattern KERNEL =
      Pattern.compile(
          "Compiling entry function '(\\w+)'.*?"
              + "(\\d+) bytes stack frame, (\\d+) bytes spill stores, (\\d+) bytes spill loads.*?"
              + "Used (\\d+) registers([^\n]*)",
          Pattern.DOTALL);

  private static final Pattern SHARED = Pattern.compile("(\\d+) bytes smem");

  /** Reads what the assembler reported of the kernels of a program, of which this is the PTX. */
  static List<Resources> read(Program program, String ptx, String report) {
    List<Resources> kernels = new ArrayList<>();
    Matcher found = KERNEL.matcher(report);
    while (found.find()) {
      for (int local = 2; local <= 4; local++) {
        assertEquals("0", found.group(local), () -> program + ": local memory\n" + report);
      }
      String row = program.type() + " | " + program.reduction() + " | " + found.group(1);
      Matcher shared = SHARED.matcher(found.group(6));
      kernels.add(
          new Resources(
              row,
              Integer.parseInt(found.group(5)),
              shared.find() ? Integer.parseInt(shared.group(1)) : 0));
    }
    assertEquals(ptx.split("\\.entry ", -1).length - 1, kernels.size(), report);
    return kernels;
  }
}
