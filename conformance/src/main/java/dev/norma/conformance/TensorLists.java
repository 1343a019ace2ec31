package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.Batch;
import dev.norma.DeviceBatch;
import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.NdArray;
import dev.norma.NonFinite;
import dev.norma.Norm;
import dev.norma.TensorList;
import dev.norma.Tensors;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Norms over lists of tensors, and clipping to them. */
interface TensorLists extends Conformance {
  private Tensors tensors() {
    return Subject.of(backend()).norma().tensors();
  }

  /** Tensors of all types and of many shapes, small and large, and what they hold. */
  private static List<Batch> mixed(List<Double> values) {
    Random random = new Random(5);
    List<Batch> tensors = new ArrayList<>();
    int[] sizes = {0, 1, 31, 33, 1000, 4097, 20_000, 5, 0, 64};
    for (int size : sizes) {
      double[] f64 = random.doubles(size, -1, 1).toArray();
      float[] f32 = new float[size];
      short[] f16 = new short[size];
      short[] bf16 = new short[size];
      for (int i = 0; i < size; i++) {
        f32[i] = (float) f64[i] / 2;
        f16[i] = Float.floatToFloat16((float) f64[i] / 4);
        bf16[i] = (short) (Float.floatToRawIntBits((float) f64[i] / 8) >>> 16);
      }
      for (Elements e :
          List.of(Elements.of(f64), Elements.of(f32), Elements.f16(f16), Elements.bf16(bf16))) {
        tensors.add(Batch.of(e));
        for (int i = 0; i < size; i++) {
          values.add(e.get(i));
        }
      }
    }
    double[] matrix = random.doubles(6 * 50, -1, 1).toArray();
    tensors.add(Batch.rows(matrix, 6, 50));
    tensors.add(Batch.columns(matrix.clone(), 6, 50));
    tensors.add(Batch.whole(NdArray.fortran(Elements.of(matrix.clone()), 6, 50)));
    for (int copy = 0; copy < 3; copy++) {
      Arrays.stream(matrix).forEach(values::add);
    }
    return tensors;
  }

  @Test
  default void haveTheNormOfAllElements() {
    List<Double> values = new ArrayList<>();
    List<Batch> list = mixed(values);
    Exact exact = new Exact(values.stream().mapToDouble(x -> x).toArray());
    for (Norm norm : List.of(Norm.L0, Norm.LINF, Norm.NEG_INF)) {
      assertEquals(0, Ulps.error(tensors().norm(norm, list), exact.norm(norm)), norm::toString);
    }
    for (Norm norm : List.of(Norm.L1, Norm.L2, Norm.SQUARED_L2, Norm.lp(3))) {
      double error = Ulps.relative(tensors().norm(norm, list), exact.norm(norm));
      assertTrue(error <= 0x1p-40, () -> "L" + norm + ": " + error);
    }
  }

  @Test
  default void ofBinary64HaveItWithinAnUlp() {
    Random random = new Random(9);
    List<Batch> list = new ArrayList<>();
    double[] all = random.doubles(5000, -1, 1).map(x -> x * x * x).toArray();
    for (int from = 0, size = 1; from < all.length; from += size, size = size * 2 % 1001) {
      list.add(Batch.of(Arrays.copyOfRange(all, from, Math.min(all.length, from + size))));
    }
    for (Norm norm : List.of(Norm.L1, Norm.L2, Norm.SQUARED_L2)) {
      double error = Ulps.error(tensors().norm(norm, list), new Exact(all).norm(norm));
      assertTrue(error <= 1, () -> "L" + norm + ": " + error + " ulp");
    }
  }

  @Test
  default void haveTheBitsOfTheScalarBackend() {
    List<Batch> list = mixed(new ArrayList<>());
    List<Batch> small = list.stream().filter(b -> b.layout().size() <= 4097).toList();
    for (Norm norm : List.of(Norm.L0, Norm.L1, Norm.L2, Norm.LINF, Norm.NEG_INF, Norm.lp(0.5))) {
      for (List<Batch> some : List.of(list, small)) {
        double expected =
            Subject.of(backend())
                .peer()
                .map(peer -> peer.tensors().norm(norm, some))
                .orElseGet(() -> tensors().norm(norm, some));
        assertEquals(expected, tensors().norm(norm, some), norm::toString);
        assertEquals(expected, tensors().norm(norm, TensorList.of(some)), norm::toString);
      }
    }
  }

  /** Small ones are copied together where they are, and back again. */
  @Test
  default void uploadedOnesAreClippedToTheSameBits() {
    List<Batch> host = mixed(new ArrayList<>());
    List<DeviceBatch> uploaded = new ArrayList<>();
    try {
      for (Batch tensor : mixed(new ArrayList<>())) {
        uploaded.add(Subject.of(backend()).norma().upload(tensor));
      }
      double norm = tensors().clip(Norm.L2, host, 1, NonFinite.ERROR);
      assertEquals(norm, tensors().clip(Norm.L2, List.copyOf(uploaded), 1, NonFinite.ERROR));
      for (int i = 0; i < host.size(); i++) {
        MemorySegment bytes = MemorySegment.ofArray(new byte[(int) uploaded.get(i).byteSize()]);
        uploaded.get(i).copyTo(bytes);
        String what = host.get(i).toString();
        assertEquals(-1, host.get(i).elements().segment().mismatch(bytes), what);
      }
    } finally {
      uploaded.forEach(DeviceBatch::close);
    }
  }

  @Test
  default void noTensorsHaveTheNeutralNorm() {
    assertEquals(0, tensors().norm(Norm.L2, List.of()));
    assertEquals(0, tensors().norm(Norm.L2, List.of(Batch.of(new double[0]))));
    assertEquals(Double.POSITIVE_INFINITY, tensors().norm(Norm.NEG_INF, List.of()));
    assertEquals(0, tensors().clip(Norm.L2, List.of(), 1, NonFinite.ERROR));
  }

  /** Of empty vectors nothing is uploaded, wherever they begin. */
  @Test
  default void uploadedTensorsMayBeEmpty() {
    Batch empty = Batch.ragged(new double[3], new long[] {3, 3, 3});
    try (DeviceBatch uploaded = Subject.of(backend()).norma().upload(empty)) {
      for (Batch tensor : List.of(empty, uploaded)) {
        for (Norm norm : List.of(Norm.L1, Norm.L2, Norm.lp(3))) {
          assertEquals(0, tensors().norm(norm, List.of(tensor)), norm::toString);
        }
      }
    }
  }

  @Test
  default void neitherOverflowNorUnderflow() {
    List<Batch> huge = List.of(Batch.of(3e300), Batch.of(new double[0]), Batch.of(0.0, 4e300));
    assertEquals(5e300, tensors().norm(Norm.L2, huge), 1e285);
    List<Batch> tiny = List.of(Batch.of(3e-300), Batch.of(4e-300), Batch.of(0.0));
    assertEquals(5e-300, tensors().norm(Norm.L2, tiny), 1e-315);
  }

  @Test
  default void areClippedTogether() {
    double[] a = {3};
    float[] b = {0, 4};
    double[] large = new double[20_000];
    large[7] = 12;
    List<Batch> list = List.of(Batch.of(a), Batch.of(b), Batch.of(large), Batch.of(new float[0]));
    assertEquals(13, tensors().clip(Norm.L2, list, 13, NonFinite.ERROR));
    assertArrayEquals(new double[] {3}, a);
    assertEquals(13, tensors().clip(Norm.L2, list, 6.5, NonFinite.ERROR));
    assertArrayEquals(new double[] {1.5}, a);
    assertArrayEquals(new float[] {0, 2}, b);
    assertEquals(6, large[7]);
    assertEquals(6.5, tensors().clip(Norm.L2, list, 0, NonFinite.ERROR));
    assertEquals(0, tensors().norm(Norm.L2, list));
    assertEquals(0, tensors().clip(Norm.L2, list, 0, NonFinite.ERROR));
  }

  @Test
  default void tensorsThatCannotBeClippedAreNamed() {
    double[] place = {3};
    MemorySegment readOnly = MemorySegment.ofArray(new double[] {4}).asReadOnly();
    Batch first = Batch.of(place);
    for (Batch bad :
        List.of(
            Batch.of(Elements.of(readOnly, ElementType.F64)),
            Batch.difference(Batch.of(4.0), Batch.of(0.0)),
            Batch.repeated(Batch.of(4.0), 2))) {
      List<Batch> list = List.of(first, bad);
      Refusals.illegal(() -> tensors().clip(Norm.L2, list, 1, NonFinite.SKIP), "tensors[1]: ");
    }
    assertEquals(3, place[0]);
    Class<NullPointerException> type = NullPointerException.class;
    Refusals.refused(type, () -> tensors().norm(Norm.L2, (List<Batch>) null), "tensors");
    List<Batch> withNull = Arrays.asList(first, null);
    Refusals.refused(type, () -> tensors().norm(Norm.L2, withNull), "tensors[1]");
  }

  @Test
  default void whatIsNotFiniteIsToldByChoice() {
    double[] a = {1, Double.POSITIVE_INFINITY};
    double[] b = {2};
    List<Batch> list = List.of(Batch.of(a), Batch.of(b));
    assertEquals(
        "the norm of the tensors is Infinity",
        assertThrows(
                ArithmeticException.class, () -> tensors().clip(Norm.L2, list, 1, NonFinite.ERROR))
            .getMessage());
    assertEquals(Double.POSITIVE_INFINITY, tensors().clip(Norm.L2, list, 1, NonFinite.SKIP));
    assertArrayEquals(new double[] {1, Double.POSITIVE_INFINITY}, a);
    assertArrayEquals(new double[] {2}, b);
    tensors().clip(Norm.L2, list, 1, NonFinite.NAN);
    assertArrayEquals(new double[] {Double.NaN, Double.NaN}, a);
    assertArrayEquals(new double[] {Double.NaN}, b);
    assertTrue(Double.isNaN(tensors().clip(Norm.L2, list, 1, NonFinite.SKIP)));
  }
}
