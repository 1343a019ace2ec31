package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.Batch;
import dev.norma.DeviceBatch;
import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.Gradients;
import dev.norma.Into;
import dev.norma.Norm;
import dev.norma.Norma;
import dev.norma.gpu.cuda.Card.Bound;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What kernels do for short rows that begin anywhere. */
@RequiresCuda
class CudaShortRowCountsTest {
  private static final List<Norm> MOST_USED = List.of(Norm.L1, Norm.L2, Norm.LINF);

  /** So many that each group takes as many as it can, or nearly. */
  private static final int MANY = 1 << 18;

  private static final int FEW = 1 << 12;

  private static final int SPARE = 29;

  /** Rows of more elements than this are long, and fewer are counted. */
  private static final int LONG = 256;

  private static final int FEWEST = 64;

  /** All kernels that take rows: some norms need the largest elements too. */
  private static List<KernelCounts> counted(
      List<Norm> norms, ElementType type, int rows, int length, int step, int offset) {
    return counted(
        "reduce_", type, rows, length, step, offset, (norma, batch) -> norma.norms(norms, batch));
  }

  private static List<KernelCounts> counted(
      String kernels,
      ElementType type,
      int rows,
      int length,
      int step,
      int offset,
      BiConsumer<Norma, Batch> work) {
    Elements ones = ones(type, rows * step);
    try (Norma norma = Norma.open("cuda:0");
        DeviceBatch uploaded = norma.upload(Batch.of(ones))) {
      Batch batch = Batch.rows(uploaded.elements(), offset, rows, length, step);
      TestDriver.reset();
      TestDriver.set("count", ones.segment().byteSize());
      work.accept(norma, batch);
      TestDriver.set("count", 0);
      return KernelCounts.read().stream()
          .filter(kernel -> kernel.name().startsWith(kernels))
          .toList();
    }
  }

  /** Some more than so many, wherever rows begin: no other memory is as large. */
  private static Elements ones(ElementType type, int least) {
    int size = least + SPARE;
    Elements ones = Elements.of(MemorySegment.ofArray(new byte[size * type.bytes()]), type);
    IntStream.range(0, size).forEach(i -> ones.set(i, 1));
    return ones;
  }

  /**
   * By the sectors that the rows lie in. Those that are copied to shared memory share one with each
   * group, which are of few rows here; others with each row.
   */
  @ParameterizedTest
  @CsvSource({
    "2, F32, 16, 16, 1, 1.00",
    "2, F32, 63, 63, 0, 1.00",
    "2, F32, 31, 32, 0, 1.00",
    "2, F32, 47, 48, 0, 1.00",
    "2, F32, 72, 72, 4, 1.00",
    "2, F32, 130, 130, 0, 1.04",
    "2, F32, 258, 258, 1, 1.03",
    "2, F64, 1, 1, 1, 1.06",
    "2, F64, 2, 2, 1, 1.06",
    "2, F64, 3, 3, 0, 1.00",
    "2, F64, 8, 8, 1, 1.00",
    "2, F64, 17, 17, 0, 1.00",
    "2, F64, 36, 36, 0, 1.00",
    "2, F64, 68, 68, 1, 1.05",
    "2, F64, 300, 300, 0, 1.00",
    "2, F16, 33, 33, 1, 1.00",
    "2, F16, 200, 200, 3, 1.00",
    "2, BF16, 5, 5, 2, 1.04",
    "1 2, F64, 48, 48, 3, 1.00",
    "1 2, F64, 92, 92, 0, 1.00",
    "1 2, F32, 103, 104, 0, 1.00",
    "1 2, F32, 200, 203, 0, 1.02",
    "3.5, F64, 3, 3, 0, 1.00",
    "3.5, F32, 100, 100, 1, 1.00",
    "3.5, BF16, 40, 40, 1, 1.00"
  })
  void asksForFewSectorsTwice(
      String words, ElementType type, int length, int step, int offset, double most) {
    List<Norm> norms = Arrays.stream(words.split(" ")).map(Norm::parse).toList();
    List<KernelCounts> kernels = counted(norms, type, FEW, length, step, offset);
    assertFalse(kernels.isEmpty());
    for (KernelCounts kernel : kernels) {
      double asked = kernel.askedReading();
      assertTrue(asked < most + 0.01, () -> "asked for " + asked);
    }
  }

  /** What is computed of rows, with a second operand and a place for values where that has them. */
  enum Derivative {
    GRADIENT,
    ADDED,
    ALONG_TANGENT,
    HESSIAN;

    void compute(Gradients gradients, Norm norm, Batch x, Batch direction, Batch other) {
      switch (this) {
        case GRADIENT -> gradients.gradient(norm, x, other);
        case ADDED -> gradients.vjp(norm, x, new double[(int) x.count()], other, Into.ADD);
        case ALONG_TANGENT -> gradients.jvp(norm, x, other);
        case HESSIAN -> gradients.hvp(norm, x, direction, other);
      }
    }
  }

  /**
   * Of the functions that are applied, and summed: ties are counted, products along a tangent are
   * summed.
   *
   * @param elsewhere where rows of the second operand and of values begin
   */
  @ParameterizedTest
  @CsvSource({
    "GRADIENT, 2, F32, 1, 0, 0, 1.00",
    "GRADIENT, 2, F32, 5, 1, 1, 1.09",
    "GRADIENT, 2, F32, 17, 3, 3, 1.02",
    "GRADIENT, 2, F32, 127, 0, 0, 1.00",
    "GRADIENT, 2, F64, 3, 1, 1, 1.12",
    "GRADIENT, 2, F64, 17, 0, 0, 1.00",
    "GRADIENT, 2, F16, 33, 5, 5, 1.06",
    "GRADIENT, 2, F32, 17, 0, 1, 1.02",
    "GRADIENT, 2, F64, 64, 1, 2, 1.00",
    "GRADIENT, inf, F32, 17, 0, 0, 1.00",
    "GRADIENT, inf, F64, 33, 1, 1, 1.01",
    "GRADIENT, 2, F32, 136, 1, 1, 1.01",
    "GRADIENT, 2, F32, 399, 0, 0, 1.00",
    "GRADIENT, 2, F32, 769, 0, 1, 1.01",
    "GRADIENT, 2, F16, 2000, 1, 5, 1.00",
    "GRADIENT, 2, F64, 72, 1, 1, 1.02",
    "GRADIENT, 2, F64, 2000, 0, 1, 1.01",
    "GRADIENT, inf, F32, 769, 0, 0, 1.01",
    "GRADIENT, inf, BF16, 769, 0, 0, 1.02",
    "GRADIENT, 3.5, F32, 7, 0, 3, 1.07",
    "GRADIENT, 3.5, F32, 769, 0, 0, 1.02",
    "GRADIENT, 3.5, F32, 769, 0, 3, 1.01",
    "ADDED, 2, F32, 7, 0, 0, 1.00",
    "ADDED, 2, F64, 64, 0, 1, 1.01",
    "ALONG_TANGENT, 2, F32, 17, 0, 2, 1.01",
    "ALONG_TANGENT, 2, F64, 9, 1, 1, 1.02",
    "ALONG_TANGENT, 2, F64, 47, 1, 1, 1.03",
    "ALONG_TANGENT, 2, F32, 100, 0, 2, 1.00",
    "ALONG_TANGENT, 2, F32, 136, 1, 1, 1.05",
    "ALONG_TANGENT, 2, F16, 136, 1, 1, 1.11",
    "ALONG_TANGENT, 2, F32, 769, 1, 1, 1.01",
    "HESSIAN, 2, F32, 17, 0, 2, 1.02",
    "HESSIAN, 2, F16, 100, 3, 3, 1.01",
    "HESSIAN, 2, F32, 769, 0, 0, 1.01"
  })
  void derivativesAskForFewSectorsTwice(
      Derivative derivative,
      Norm norm,
      ElementType type,
      int length,
      int offset,
      int elsewhere,
      double most) {
    int rows = length < LONG ? FEW : FEWEST;
    List<KernelCounts> kernels = counted(derivative, norm, type, rows, length, offset, elsewhere);
    boolean written = kernels.stream().anyMatch(KernelCounts::writesElements);
    assertEquals(derivative != Derivative.ALONG_TANGENT, written);
    for (KernelCounts kernel : kernels) {
      assertTrue(kernel.askedReading() < most + 0.01, () -> "asked for " + kernel.askedReading());
      assertTrue(
          !kernel.writesElements() || kernel.askedWriting() < most + 0.01,
          () -> "stored " + kernel.askedWriting());
    }
  }

  private static List<KernelCounts> counted(
      Derivative derivative,
      Norm norm,
      ElementType type,
      int rows,
      int length,
      int offset,
      int elsewhere) {
    Elements ones = ones(type, rows * length);
    return counted(
        "apply_",
        type,
        rows,
        length,
        length,
        offset,
        (norma, x) -> {
          try (DeviceBatch direction = norma.upload(Batch.of(ones));
              DeviceBatch other = norma.upload(Batch.of(ones))) {
            Batch along = Batch.rows(direction.elements(), offset, rows, length, length);
            Batch to = Batch.rows(other.elements(), elsewhere, rows, length, length);
            derivative.compute(norma.gradients(), norm, x, along, to);
          }
        });
  }

  /** For each element, of the kernel that takes most. */
  @ParameterizedTest
  @CsvSource({
    "GRADIENT, 2, F32, 17, 49",
    "GRADIENT, inf, F32, 17, 50",
    "GRADIENT, 3.5, F32, 17, 264",
    "ADDED, 2, F32, 17, 64",
    "ALONG_TANGENT, 2, F32, 17, 73",
    "HESSIAN, 2, F32, 17, 72"
  })
  void derivativesOfShortRowsTakeFewInstructions(
      Derivative derivative, Norm norm, ElementType type, int length, double most) {
    double issued =
        counted(derivative, norm, type, FEW, length, 0, 0).stream()
            .mapToDouble(kernel -> Work.of(kernel, (long) FEW * length).slots())
            .max()
            .orElseThrow();
    assertTrue(issued <= most && issued > 0.9 * most, () -> issued + " instructions");
  }

  /** Compensated sums and powers, for each element. */
  @ParameterizedTest
  @CsvSource({
    "2, F64, 5, 21.6",
    "2, F64, 17, 19.1",
    "2, F64, 33, 18.2",
    "3.5, F64, 17, 157",
    "3.5, F32, 33, 151",
    "3.5, F16, 100, 150"
  })
  void computesNoLanesThatRowsHaveNot(Norm norm, ElementType type, int length, double most) {
    KernelCounts kernel = counted(List.of(norm), type, FEW, length, length, 0).getFirst();
    double results = Work.of(kernel, (long) FEW * length).fp64();
    assertTrue(results <= most, () -> results + " results of FP64");
  }

  /** Rows of four that begin anywhere, which do not touch: all of one is taken at once. */
  @Test
  void powersOfRowsThatFitOneStepAreComputedOnce() {
    List<KernelCounts> kernels =
        counted(
            "apply_",
            ElementType.F32,
            FEW,
            4,
            5,
            1,
            (norma, x) -> norma.gradients().gradient(Norm.lp(3.5), x, x));
    assertEquals(1, kernels.size(), "kernels");
    double results = Work.of(kernels.getFirst(), 4L * FEW).fp64();
    assertTrue(results <= 151, () -> results + " results of FP64");
  }

  /** On A100 and H100, of f32, wherever rows begin. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 6, 7, 8, 13, 16, 17, 24, 28, 33, 40, 56, 60, 63, 65, 72, 129})
  void issuingTakesHalfTheTimeOfMemory(int length) {
    int rows = Math.min(MANY, (1 << 22) / length);
    for (int offset : new int[] {0, 1, 4}) {
      for (Norm norm : MOST_USED) {
        KernelCounts kernel =
            counted(List.of(norm), ElementType.F32, rows, length, length, offset).getFirst();
        Work work = Work.of(kernel, (long) rows * length);
        for (Card card : Card.ALL.subList(1, 3)) {
          double headroom = card.headroom(Bound.ISSUE, work);
          assertTrue(
              headroom >= 2, () -> norm + " from " + offset + ", " + card.name() + ": " + headroom);
        }
      }
    }
  }
}
