package dev.norma.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.conformance.BackendConformance;
import org.junit.jupiter.api.Test;

class CpuSimdConformanceTest extends BackendConformance {
  CpuSimdConformanceTest() {
    super("cpu-simd");
  }

  /** The build runs this class at three widths; each has to be the one that it means. */
  @Test
  void theForcedWidthIsUsed() {
    int bits = Integer.parseInt(System.getProperty("norma.simd.bits"));
    assertEquals(bits, Species.F64.vectorBitSize());
    assertEquals(bits, Species.F32.vectorBitSize());
  }
}
