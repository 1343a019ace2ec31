package dev.norma.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.NdArray;
import dev.norma.Norm;
import dev.norma.NormResults;
import dev.norma.Norma;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that runs kernels of every kind of one element type on a few small shapes, from the
 * host and from memory of the device, and compares the results with those of the CPU. It is meant
 * for simulators, which are slow: each shape is there for an edge of its own.
 */
final class SmallShapes {
  private static final int ELEMENTS = 4097 * 8;

  private static final List<Norm> LIGHT =
      List.of(Norm.L0, Norm.L1, Norm.L2, Norm.LINF, Norm.NEG_INF);

  private SmallShapes() {}

  public static void main(String[] arguments) {
    ElementType type = ElementType.valueOf(arguments[0]);
    Elements elements = elements(type);
    try (Norma device = Norma.open("opencl:0");
        Norma cpu = Norma.open("cpu-scalar")) {
      for (Batch batch : shortShapes(elements)) {
        for (List<Norm> norms : norms()) {
          compare(norms, batch, cpu, device);
        }
      }
      for (Batch batch : longShapes(elements)) {
        compare(List.of(Norm.L1), batch, cpu, device);
      }
      for (List<Norm> norms : norms()) { // states of chunks, of every reduction
        compare(norms, Batch.rows(elements, 1, 4097), cpu, device);
      }
      derivatives(new GradientBits(cpu, device, elements));
    }
  }

  /** Functions that are written and summed: by rows, columns and lists, in chunks. */
  private static void derivatives(GradientBits bits) {
    bits.check(Norm.lp(2.5), e -> Batch.rows(e, 1, 7, 3, 5));
    bits.check(Norm.L2, e -> Batch.columns(e, 2, 70, 35, 41));
    bits.check(Norm.L2, e -> Batch.along(NdArray.fortran(e, 4, 5, 6), 1));
    bits.check(Norm.LINF, e -> Batch.rows(e, 1, 4097));
    bits.check(Norm.L2, e -> Batch.rows(e, 2, 41)); // both operands are runs
    bits.check(Norm.L1, e -> Batch.ragged(e, new long[] {2, 2, 7, 58, 4200}));
  }

  private static void compare(List<Norm> norms, Batch batch, Norma cpu, Norma device) {
    NormResults<Norm> expected = cpu.norms(norms, batch);
    NormResults<Norm> fromHost = device.norms(norms, batch);
    assertEquals("opencl:0", fromHost.backend());
    try (var onDevice = device.upload(batch)) {
      NormResults<Norm> fromDevice = device.norms(norms, onDevice);
      for (Norm norm : norms) {
        String what = "L" + norm + " of " + batch;
        assertArrayEquals(expected.of(norm), fromHost.of(norm), what);
        assertArrayEquals(expected.of(norm), fromDevice.of(norm), what + " on the device");
      }
    }
  }

  /** Each kernel of a single primitive, and that of several. */
  private static List<List<Norm>> norms() {
    List<List<Norm>> norms = new ArrayList<>(LIGHT.stream().map(List::of).toList());
    norms.add(LIGHT);
    norms.add(List.of(Norm.lp(2.5)));
    return norms;
  }

  private static List<Batch> shortShapes(Elements e) {
    return List.of(
        Batch.rows(e, 131, 1),
        Batch.rows(e, 1, 7, 3, 5),
        Batch.rows(e, 5, 33),
        Batch.rows(e, 1, 300),
        Batch.columns(e, 2, 70, 35, 41),
        Batch.along(NdArray.of(e, 3, 5, 40), 1).slice(38, 81),
        Batch.along(NdArray.fortran(e, 4, 5, 6), 1),
        Batch.whole(NdArray.fortran(e, 4, 5, 3)),
        Batch.ragged(e, new long[] {2, 2, 7, 7, 40, 42, 58, 4200}).slice(0, 6));
  }

  /** Vectors of more than a chunk: their kernels differ in nothing else. */
  private static List<Batch> longShapes(Elements e) {
    return List.of(Batch.columns(e, 4097, 8), Batch.ragged(e, new long[] {2, 2, 58, 4200}));
  }

  /** Returns numbers of few digits, zeros among them. */
  static Elements elements(ElementType type) {
    MemorySegment memory = MemorySegment.ofArray(new long[(ELEMENTS * type.bytes() + 7) / 8]);
    for (long i = 0; i < ELEMENTS; i++) {
      float value = (i % 23 == 0 ? 0 : i % 97 - 48) / 8f;
      switch (type) {
        case F64 -> memory.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, i * 8, value);
        case F32 -> memory.set(ValueLayout.JAVA_FLOAT_UNALIGNED, i * 4, value);
        case F16 ->
            memory.set(ValueLayout.JAVA_SHORT_UNALIGNED, i * 2, Float.floatToFloat16(value));
        case BF16 ->
            memory.set(
                ValueLayout.JAVA_SHORT_UNALIGNED,
                i * 2,
                (short) (Float.floatToRawIntBits(value) >>> 16));
      }
    }
    return Elements.of(memory, type);
  }
}
