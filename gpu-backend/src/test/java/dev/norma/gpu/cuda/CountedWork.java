package dev.norma.gpu.cuda;

/** What is computed on a device to count what its kernels do. */
enum CountedWork {
  L1("1", "abs_sum", "L1"),
  L2("2", "square_sum", "L2"),
  LARGEST("inf", "abs_max", "L∞"),
  SMALLEST("-inf", "abs_min", "−∞"),
  NONZERO("0", "nonzero_count", "L0"),
  POWER("3.5", "pow_sum", "p = 3.5"),
  FIVE("0,1,2,inf,-inf", "several", "five at once"),
  L2_GRADIENT("2", "map_scale", "gradient of L2"),
  L1_GRADIENT("1", "map_sign", "gradient of L1");

  /** Norms, separated by commas. */
  final String norms;

  /** The program of the kernel that is of interest: of several, the last one to run. */
  final String program;

  /** What tables call it. */
  final String title;

  CountedWork(String norms, String program, String title) {
    this.norms = norms;
    this.program = program;
    this.title = title;
  }

  boolean isGradient() {
    return program.startsWith("map_");
  }
}
