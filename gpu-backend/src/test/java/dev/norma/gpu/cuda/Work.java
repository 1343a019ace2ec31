package dev.norma.gpu.cuda;

import java.util.regex.Pattern;

/**
 * What a kernel does for an element, by the opcodes that were counted.
 *
 * @param bytes that it moves
 * @param slots instructions that are issued
 * @param integers those of integers and bits
 * @param fp64 those of binary64
 * @param conversions between numbers of which one has 64 bits and one is no integer
 * @param others of conversions, from and to binary32
 */
record Work(
    double bytes, double slots, double integers, double fp64, double conversions, double others) {
  private static final Pattern FP64 =
      Pattern.compile("(add|sub|mul|fma|min|max|setp|rcp|div|sqrt)(\\.\\w+)*\\.f64");
  private static final Pattern DIVISION = Pattern.compile("(rcp|div|sqrt)\\.rn\\.f64");
  private static final Pattern CONVERSION =
      Pattern.compile("cvt(\\.\\w+)*\\.(f64\\.\\w+|[su]64\\.f\\d+|f\\d+\\.[fsu]64)");
  private static final Pattern OTHER_CONVERSION =
      Pattern.compile("cvt(\\.\\w+)*\\.(f(16|32)\\.[fsu](16|32)|[su](16|32)\\.f(16|32))");
  private static final Pattern NO_ARITHMETIC =
      Pattern.compile("(ld|st|mov|bra|bar|shfl)\\..*|ret|bra|(?!selp)(\\w+\\.)+f\\d+");
  private static final Pattern WIDE = Pattern.compile("(\\w+\\.)+[sub]64|selp\\.f64");
  private static final Pattern FOUR = Pattern.compile("((mul|mad)\\.(lo|hi)|min|max)\\.[su]64");
  private static final Pattern INTEGER_DIVISION = Pattern.compile("(div|rem)\\.[su](32|64)");

  /** Instructions that make up one of PTX, where an assembler has no such instruction. */
  private static final int OF_DIVISION = 8;

  private static final int OF_INTEGER_DIVISION = 20;
  private static final int OF_WIDE_DIVISION = 80;

  /** Returns what was counted, for each of so many elements. */
  static Work of(KernelCounts kernel, long elements) {
    double lanes = 32.0 / elements;
    return new Work(
        (double) kernel.bytes() / elements,
        kernel.cost(Work::slots) * lanes,
        kernel.cost(opcode -> isInteger(opcode) ? slots(opcode) : 0) * lanes,
        kernel.cost(opcode -> FP64.matcher(opcode).matches() ? slots(opcode) : 0) * lanes,
        kernel.cost(opcode -> CONVERSION.matcher(opcode).matches() ? 1 : 0) * lanes,
        kernel.cost(opcode -> OTHER_CONVERSION.matcher(opcode).matches() ? 1 : 0) * lanes);
  }

  private static boolean isInteger(String opcode) {
    return !NO_ARITHMETIC.matcher(opcode).matches()
        && !CONVERSION.matcher(opcode).matches()
        && !OTHER_CONVERSION.matcher(opcode).matches();
  }

  private static int slots(String opcode) {
    if (opcode.equals("mov.b64")) {
      return 0; // two registers are one of 64 bits
    }
    if (INTEGER_DIVISION.matcher(opcode).matches()) {
      return opcode.endsWith("64") ? OF_WIDE_DIVISION : OF_INTEGER_DIVISION;
    }
    if (DIVISION.matcher(opcode).matches()) {
      return OF_DIVISION;
    }
    if (FOUR.matcher(opcode).matches()) {
      return 4;
    }
    return isInteger(opcode) && WIDE.matcher(opcode).matches() ? 2 : 1;
  }
}
