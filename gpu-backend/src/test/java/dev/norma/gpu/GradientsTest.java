package dev.norma.gpu;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.NdArray;
import dev.norma.Norm;
import dev.norma.Norma;
import dev.norma.gpu.opencl.RequiresOpenCl;
import dev.norma.spi.ElementMap;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Derivatives have the bits of {@code cpu-scalar}, whatever backend of devices is opened. */
@RequiresOpenCl
class GradientsTest {
  private static final List<Norm> NORMS =
      List.of(Norm.L1, Norm.L2, Norm.SQUARED_L2, Norm.LINF, Norm.lp(3), Norm.lp(-1.5));

  private static final List<GradientBits.Shape> SHAPES =
      List.of(
          e -> Batch.rows(e, 60, 33),
          e -> Batch.columns(e, 33, 60),
          e -> Batch.columns(e, 4100, 9),
          e -> Batch.along(NdArray.of(e, 3, 5, 40), 1),
          e -> Batch.whole(NdArray.fortran(e, 100, 99)),
          e -> Batch.ragged(e, new long[] {2, 2, 7, 40, 72, 5000, 14_000}));

  static void check(String backend, ElementType type) {
    Elements elements = new FunctionCase(ElementMap.ZERO, type, 3).elements(40_000);
    try (Norma scalar = Norma.open("cpu-scalar");
        Norma norma = Norma.open(backend)) {
      GradientBits bits = new GradientBits(scalar, norma, elements);
      for (Norm norm : NORMS) {
        SHAPES.forEach(shape -> bits.check(norm, shape));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"opencl:0, F32", "small-opencl, F16", "auto, BF16"})
  void bitsAreThoseOfTheCpu(String backend, ElementType type) {
    check(backend, type);
  }
}
