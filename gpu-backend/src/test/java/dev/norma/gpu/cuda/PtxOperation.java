package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;

/**
 * One instruction, and what it computes: from the bits of its sources those of its destination,
 * both filled up with zeros to 64.
 *
 * @param opcode with all modifiers
 * @param destination its type
 * @param sources their types
 * @param expected what is right
 */
record PtxOperation(String opcode, String destination, List<String> sources, Expected expected) {
  private static final int GROUP = 64;

  /** Computes the right result. */
  interface Expected {
    long of(long a, long b, long c, long d);
  }

  static PtxOperation of(String opcode, String destination, String sources, Expected expected) {
    return new PtxOperation(opcode, destination, Arrays.asList(sources.split(" ")), expected);
  }

  @Override
  public String toString() {
    return opcode;
  }

  private static int bits(String type) {
    return type.equals("pred") ? 1 : Integer.parseInt(type.substring(1));
  }

  static long mask(String type) {
    int bits = bits(type);
    return bits == 64 ? -1 : (1L << bits) - 1;
  }

  private static String register(String type, int n) {
    String letter =
        switch (type) {
          case "pred" -> "p";
          case "f32" -> "f";
          case "f64" -> "d";
          default -> bits(type) <= 16 ? "h" : bits(type) == 32 ? "r" : "q";
        };
    return "%" + letter + n;
  }

  /** Moves the low bits of %q(n) to a register of a type. */
  private static String narrow(String type, int n) {
    String from = ", %q" + n + ";\n";
    return switch (type) {
      case "pred" -> "and.b64 %q9, %q" + n + ", 1;\nsetp.ne.s64 %p" + n + ", %q9, 0;\n";
      case "f32" -> "cvt.u32.u64 %r" + n + from + "mov.b32 %f" + n + ", %r" + n + ";\n";
      case "f64" -> "mov.b64 %d" + n + from;
      default ->
          bits(type) == 64
              ? ""
              : "cvt.u" + Math.max(16, bits(type)) + ".u64 " + register(type, n) + from;
    };
  }

  /** Moves a register of a type to %q10. */
  private static String widen(String type) {
    return switch (type) {
      case "pred" -> "selp.b64 %q10, 1, 0, %p10;\n";
      case "f32" -> "mov.b32 %r10, %f10;\ncvt.u64.u32 %q10, %r10;\n";
      case "f64" -> "mov.b64 %q10, %d10;\n";
      default ->
          bits(type) == 64
              ? ""
              : "cvt.u64.u" + Math.max(16, bits(type)) + " %q10, " + register(type, 10) + ";\n";
    };
  }

  private String body() {
    StringBuilder text = new StringBuilder();
    text.append("mov.u32 %r0, %tid.x;\nmov.u32 %r1, %ctaid.x;\nmov.u32 %r2, %ntid.x;\n");
    text.append("mad.lo.s32 %r0, %r1, %r2, %r0;\ncvt.u64.u32 %q0, %r0;\n");
    text.append("setp.ge.u64 %p0, %q0, %a2;\n@%p0 bra done;\n");
    text.append("shl.b64 %q1, %q0, 5;\nadd.s64 %q1, %q1, %a0;\n");
    text.append("shl.b64 %q2, %q0, 3;\nadd.s64 %q2, %q2, %a1;\n");
    StringBuilder call = new StringBuilder(opcode + " " + register(destination, 10));
    for (int i = 0; i < sources.size(); i++) {
      text.append("ld.global.u64 %q" + (4 + i) + ", [%q1+" + 8 * i + "];\n");
      text.append(narrow(sources.get(i), 4 + i));
      call.append(", ").append(register(sources.get(i), 4 + i));
    }
    text.append(call).append(";\n").append(widen(destination));
    return text + "st.global.u64 [%q2], %q10;\ndone:\n";
  }

  /** Runs the instruction on rows of four operands each. */
  long[] run(PtxMachine machine, long[][] operands) {
    long[] flat = Arrays.stream(operands).flatMapToLong(Arrays::stream).toArray();
    long in = machine.upload(flat);
    long out = machine.allocate(8L * operands.length);
    int blocks = (operands.length + GROUP - 1) / GROUP;
    int result = machine.run(body(), blocks, GROUP, in, out, operands.length);
    assertEquals(0, result, () -> TestDriver.name(result) + "\n" + TestDriver.report());
    long[] results = machine.download(out, operands.length);
    PtxMachine.free(in);
    PtxMachine.free(out);
    return results;
  }

  /** Asserts that instructions compute what is right, for values of their kind. */
  static void check(List<PtxOperation> operations) {
    try (PtxMachine machine = new PtxMachine()) {
      for (PtxOperation operation : operations) {
        operation.check(machine, operation.values());
      }
    }
  }

  private long[][] values() {
    return switch (sources.get(0)) {
      case "f64" -> PtxValues.doubles();
      case "f32" -> PtxValues.floats();
      default -> PtxValues.integers();
    };
  }

  /** Asserts that the instruction computes what is right, for these operands. */
  void check(PtxMachine machine, long[][] operands) {
    long[] results = run(machine, operands);
    for (int i = 0; i < results.length; i++) {
      long[] bits = new long[4];
      for (int j = 0; j < sources.size(); j++) {
        bits[j] = operands[i][j] & mask(sources.get(j));
      }
      long right = expected.of(bits[0], bits[1], bits[2], bits[3]) & mask(destination);
      if (right != results[i] && !bothNaN(right, results[i])) {
        throw new AssertionError(
            opcode + " of " + hex(bits) + ": expected " + hex(right) + ", was " + hex(results[i]));
      }
    }
  }

  /** Which NaN an operation on binary64 returns is open. */
  private boolean bothNaN(long x, long y) {
    return destination.equals("f64")
        && Double.isNaN(Double.longBitsToDouble(x))
        && Double.isNaN(Double.longBitsToDouble(y));
  }

  private static String hex(long... bits) {
    return Arrays.toString(Arrays.stream(bits).mapToObj(Long::toHexString).toArray());
  }
}
