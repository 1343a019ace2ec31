package dev.norma.benchmarks;

import dev.norma.Norm;

/** The norms that are measured. */
enum MeasuredNorm {
  L1("L1"),
  L2("L2"),
  LINF("Linf");

  private final String label;

  MeasuredNorm(String label) {
    this.label = label;
  }

  Norm norm() {
    return switch (this) {
      case L1 -> Norm.L1;
      case L2 -> Norm.L2;
      case LINF -> Norm.LINF;
    };
  }

  @Override
  public String toString() {
    return label;
  }
}
