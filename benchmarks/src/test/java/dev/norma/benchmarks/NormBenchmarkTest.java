package dev.norma.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.norma.ElementType;
import dev.norma.Elements;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the body of every case of the CPU once, on little data; compares what it computed and read.
 */
class NormBenchmarkTest {
  static List<Case> cases() {
    return Cases.all().stream().filter(c -> !c.contender().isOnDevice()).toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void computesTheNormsThatItsNameSays(Case c) {
    assumeTrue(c.contender() != Contender.ND4J || hasNd4j(), "ND4J: no natives for this platform");
    NormBenchmark benchmark = SmallData.open(c);
    NormBenchmark.Turn turn = new NormBenchmark.Turn();
    long probed = benchmark.run(turn);
    assertEquals(1, turn.probes, c + ": the first turn is the probe's");
    benchmark.pass();
    long bytes = benchmark.run(turn);
    assertEquals(1, turn.probes, c + ": the second turn is the case's");

    Workload workload = benchmark.workload();
    int matrices = c.place() == Place.CACHE ? c.cores().threads() : 1;
    assertEquals(matrices, workload.matrices().size(), c + ": matrices");
    long expected = 0;
    long size = 0;
    for (int i = 0; i < matrices; i++) {
      Matrix matrix = workload.matrices().get(i);
      double[] norms = workload.computations().get(i).results();
      if (c.contender().isInPlace()) {
        checkNormsOfGradients(c, matrix, norms);
      } else {
        checkNorms(c, matrix, norms);
      }
      int passes = c.place() == Place.CACHE ? SmallData.PASSES : 1;
      expected += passes * xor(matrix.elements());
      size += passes * matrix.elements().segment().byteSize();
    }
    if (c.contender().writes()) {
      if (c.contender().yardstick().equals("copy")) {
        assertEquals(size / c.type().bytes(), probed, c + ": what was copied");
      } else {
        double[] norms = workload.computations().get(0).results();
        double last = Double.longBitsToDouble(probed);
        assertEquals(norms[norms.length - 1], last, 1e-6, c + ": the last norm in one call");
      }
      assertEquals(2 * size, bytes, c + ": bytes declared");
      Matrix x = Matrix.random(c, workload.geometry(), Workload.SEED);
      checkGradients(c, x.elements(), workload.targets().get(0));
    } else if (c.contender() == Contender.TENSORS) {
      assertEquals(size, bytes, c + ": bytes declared");
      double[] norms = workload.computations().get(0).results();
      double whole = Double.longBitsToDouble(probed);
      assertEquals(whole, norms[norms.length - 1], 1e-12 * whole, c + ": one tensor as large");
    } else {
      assertEquals(expected, probed, c + ": what the probe read");
      assertEquals(size, bytes, c + ": bytes declared");
    }
    benchmark.close();
  }

  /** The gradient of L2 has norm 1; of L1 and L∞ it is the sign, and of L∞ nearly all is 0. */
  private static void checkGradients(Case c, Elements x, Matrix target) {
    int width = c.shape().width();
    for (int row = 0; row < target.rows(); row++) {
      double squares = 0;
      for (int i = row * width; i < (row + 1) * width; i++) {
        double y = target.elements().get(i);
        squares += y * y;
        assertTrue(y * x.get(i) >= 0, c + ": the sign of element " + i);
      }
      double norm = c.norm() == MeasuredNorm.L1 ? width : 1;
      assertEquals(norm, squares, 1e-5, c + ": row " + row);
    }
  }

  /** What had taken its place before the last turn was a gradient, whose gradient is itself. */
  private static void checkNormsOfGradients(Case c, Matrix matrix, double[] norms) {
    assertEquals(matrix.rows(), norms.length, c + ": number of norms");
    double expected = c.norm() == MeasuredNorm.L1 ? matrix.shape().width() : 1;
    for (double norm : norms) {
      assertEquals(expected, norm, 1e-6, c + ": the norm of a gradient");
    }
  }

  private static boolean hasNd4j() {
    boolean linux = System.getProperty("os.name").equals("Linux");
    return linux && System.getProperty("os.arch").equals("amd64");
  }

  private static void checkNorms(Case c, Matrix matrix, double[] actual) {
    Elements x = matrix.elements();
    assertEquals(c.type(), x.type(), c + ": type");
    int width = c.shape().width();
    boolean rows = c.shape().areRows();
    int count = rows ? matrix.rows() : width;
    int length = rows ? width : matrix.rows();
    assertTrue(length > 0 && count > 0, c + ": " + count + " vectors of " + length);
    assertEquals(count, actual.length, c + ": number of norms");
    for (int i = 0; i < count; i++) {
      double expected = 0;
      for (int j = 0; j < length; j++) {
        double value = Math.abs(x.get(rows ? (long) i * width + j : (long) j * width + i));
        expected =
            switch (c.norm()) {
              case L1 -> expected + value;
              case L2 -> expected + value * value;
              case LINF -> Math.max(expected, value);
              default -> throw new AssertionError(c + ": the norm is not known here");
            };
      }
      expected = c.norm() == MeasuredNorm.L2 ? Math.sqrt(expected) : expected;
      assertEquals(expected, actual[i], tolerance(c) * expected, c + ": vector " + i);
    }
  }

  /** ND4J sums binary32 numbers in binary32. */
  private static double tolerance(Case c) {
    return c.contender() == Contender.ND4J && c.type() == ElementType.F32 ? 1e-5 : 1e-12;
  }

  private static long xor(Elements x) {
    long xor = 0;
    if (x.array() instanceof double[] doubles) {
      for (double value : doubles) {
        xor ^= Double.doubleToRawLongBits(value);
      }
    } else if (x.array() instanceof float[] floats) {
      for (float value : floats) {
        xor ^= Integer.toUnsignedLong(Float.floatToRawIntBits(value));
      }
    } else {
      for (short value : (short[]) x.array()) {
        xor ^= Short.toUnsignedLong(value);
      }
    }
    return xor;
  }
}
