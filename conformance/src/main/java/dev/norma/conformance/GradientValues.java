package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.norma.ElementType;
import dev.norma.Norm;
import java.util.Arrays;

/** Gradients at points where each value is known. */
interface GradientValues extends Conformance {
  /** Returns the derivatives under test. */
  default GradientCalls calls(ElementType type) {
    return new GradientCalls(subject().norma().gradients(), type);
  }

  /** Asserts a gradient of binary64 numbers; zeros of either sign are the same. */
  default void gradient(Norm norm, double[] vector, double... expected) {
    Unsupported.unlessRefused(
        backend(),
        "gradient of L" + norm + " of " + Arrays.toString(vector),
        () -> {
          double[] actual = calls(ElementType.F64).gradient(norm, vector);
          for (int i = 0; i < actual.length; i++) {
            actual[i] += 0.0; // -0.0 becomes 0
          }
          String what = "gradient of L" + norm + " of " + Arrays.toString(vector);
          assertArrayEquals(expected, actual, what);
        });
  }

  /** Returns a vector. */
  static double[] numbers(double... vector) {
    return vector;
  }
}
