package dev.norma.benchmarks;

import dev.norma.Norm;

/** The norms that are measured: one for each primitive. */
enum MeasuredNorm {
  L0("L0"),
  L1("L1"),
  L2("L2"),
  LINF("Linf"),
  NEG_INF("L-inf"),

  /** Bound by arithmetic, where all others are bound by memory. */
  POWER("L3.5");

  private static final double EXPONENT = 3.5;

  private final String label;

  MeasuredNorm(String label) {
    this.label = label;
  }

  Norm norm() {
    return switch (this) {
      case L0 -> Norm.L0;
      case L1 -> Norm.L1;
      case L2 -> Norm.L2;
      case LINF -> Norm.LINF;
      case NEG_INF -> Norm.NEG_INF;
      case POWER -> Norm.lp(EXPONENT);
    };
  }

  @Override
  public String toString() {
    return label;
  }
}
