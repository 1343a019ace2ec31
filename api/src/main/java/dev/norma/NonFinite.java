package dev.norma;

/** What becomes of tensors that are to be clipped where their norm is infinite or NaN. */
public enum NonFinite {
  /** An {@link ArithmeticException} is thrown, and nothing is changed. */
  ERROR,
  /** All elements become NaN, and the norm says why. */
  NAN,
  /** Nothing is changed; the norm says so, so that the caller can skip the step. */
  SKIP
}
