package dev.norma.benchmarks;

import dev.norma.BackendUnavailableException;
import dev.norma.Norma;
import java.util.Optional;

/**
 * The device that is measured: {@code opencl:0}, or the one whose backend the property {@code
 * norma.benchmark.device} names.
 */
final class MeasuredDevice {
  static final String PROPERTY = "norma.benchmark.device";
  static final String BACKEND = System.getProperty(PROPERTY, "opencl:0");

  /** How devices of this kind are called in the names of cases. */
  static final String KIND = BACKEND.split(":", 2)[0];

  private MeasuredDevice() {}

  /** Returns why it cannot be measured, if it cannot. */
  static Optional<String> missing() {
    try {
      Norma.open(BACKEND).close();
      return Optional.empty();
    } catch (BackendUnavailableException e) {
      return Optional.of(e.getMessage());
    }
  }
}
