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
  L2_GRADIENT("2", "map_scale", "gradient of L2", 1, 4),
  L1_GRADIENT("1", "map_sign", "gradient of L1", 1, 1),
  LARGEST_GRADIENT("inf", "map_tie", "gradient of L∞", 1, 2),
  POWER_GRADIENT("3.5", "map_power", "gradient of p = 3.5", 1, 5),
  HESSIAN("2", "map_hessian", "Hessian of L2 times a direction", 2, 4),
  POWER_HESSIAN("3.5", "map_power_hessian", "Hessian of p = 3.5 times a direction", 2, 7),
  SHRINK("1", "map_shrink", "proximal point of L1", 1, 3),
  CLAMP("inf", "map_clamp", "projection onto a ball of L∞", 1, 1),
  TIES("inf", "total_equal", "ties of L∞", 1, 1),
  TANGENT("2", "total_scale", "L2 along a tangent", 2, 4);

  /** Norms, separated by commas. */
  final String norms;

  /** The program of the kernel that is of interest. */
  final String program;

  /** What tables call it. */
  final String title;

  /** Batches that the kernel reads. */
  final int operands;

  /** Numbers that a function looks up of each vector. */
  final int coefficients;

  CountedWork(String norms, String program, String title) {
    this(norms, program, title, 1, 0);
  }

  CountedWork(String norms, String program, String title, int operands, int coefficients) {
    this.norms = norms;
    this.program = program;
    this.title = title;
    this.operands = operands;
    this.coefficients = coefficients;
  }

  /** Tells whether it is a function of elements. */
  boolean isFunction() {
    return writes() || program.startsWith("total_");
  }

  /** Tells whether values are written, and not reduced. */
  boolean writes() {
    return program.startsWith("map_");
  }

  /** Tells whether values of neighbours are written by a program of their own. */
  boolean hasRuns() {
    return writes() && !program.contains("power");
  }
}
