package dev.norma;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TargetsTest {
  private static final int MEMORY = 60;

  private static long[] positions(Batch batch) {
    return LongStream.range(0, batch.count())
        .flatMap(
            i ->
                LongStream.range(0, batch.length(i))
                    .map(j -> batch.layout().start(i) + batch.layout().elements(i).offset(j)))
        .toArray();
  }

  /** Tells whether values may go there, by looking at every element of two batches in one array. */
  private static boolean mayGo(Batch x, Batch out) {
    long[] from = positions(x);
    long[] to = positions(out);
    boolean distinct = Arrays.stream(to).distinct().count() == to.length;
    boolean apart = Arrays.stream(to).noneMatch(t -> Arrays.stream(from).anyMatch(f -> f == t));
    return distinct && (apart || Arrays.equals(from, to));
  }

  private static boolean accepted(Batch x, Batch out) {
    try {
      Targets.check(x, out);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Returns vectors along an axis of an array with any strides; null if it leads outside. */
  private static Batch any(Elements elements, Random random, long[] shape) {
    long[] strides = random.longs(shape.length, -5, 6).toArray();
    if (random.nextBoolean()) {
      strides[shape.length - 1] = random.nextBoolean() ? 1 : -1;
      for (int axis = shape.length - 2; axis >= 0; axis--) {
        strides[axis] = strides[axis + 1] * shape[axis + 1];
      }
    }
    try {
      NdArray array = NdArray.strided(elements, random.nextInt(MEMORY), shape, strides);
      return Batch.along(array, 0);
    } catch (IllegalArgumentException outside) {
      return null;
    }
  }

  @Test
  void whatIsAcceptedIsSafe() {
    Elements elements = Elements.of(new double[MEMORY]);
    Random random = new Random(1);
    int inPlace = 0;
    int apart = 0;
    for (int i = 0; i < 200_000; i++) {
      long[] shape = random.longs(1 + random.nextInt(3), 1, 5).toArray();
      Batch x = any(elements, random, shape);
      Batch out = random.nextInt(4) == 0 ? x : any(elements, random, shape);
      if (x != null && out != null && accepted(x, out)) {
        assertTrue(mayGo(x, out), () -> x + " to " + out);
        inPlace += x == out ? 1 : 0;
        apart += x == out ? 0 : 1;
      }
    }
    assertTrue(inPlace > 5000 && apart > 1000, inPlace + " in place, " + apart + " apart");
  }

  @Test
  void placesOfEveryKindAreAccepted() {
    Elements e = Elements.of(new double[MEMORY]);
    long[] offsets = {2, 5, 5, 9};
    for (Batch x :
        new Batch[] {
          Batch.of(e),
          Batch.rows(e, 3, 4, 5, 7),
          Batch.columns(e, 3, 4, 5, 7),
          Batch.columns(e, 3, 4, 5, 7).slice(1, 3),
          Batch.along(NdArray.strided(e, 59, new long[] {3, 4, 5}, new long[] {-20, -1, -4}), 1),
          Batch.whole(NdArray.fortran(e, 3, 4, 5)),
          Batch.ragged(e, offsets),
          Batch.ragged(e, offsets).slice(1, 3),
          Batch.rows(e, 0, 5),
          Batch.rows(e, 5, 0)
        }) {
      assertDoesNotThrow(() -> Targets.check(x, x), x::toString);
      Batch copy = x.on(Elements.of(new double[MEMORY]));
      assertDoesNotThrow(() -> Targets.check(x, copy), x::toString);
    }
  }

  @Test
  void raggedVectorsAreComparedOneByOne() {
    Elements e = Elements.of(new double[MEMORY]);
    Batch ragged = Batch.ragged(e, new long[] {0, 3, 6});
    Targets.check(ragged, Batch.rows(e, 2, 3));
    Targets.check(Batch.rows(e, 2, 3), ragged);
    Targets.check(ragged, Batch.ragged(e, new long[] {6, 9, 12}));
    Batch shifted = Batch.ragged(e, new long[] {1, 4, 7});
    assertThrows(IllegalArgumentException.class, () -> Targets.check(ragged, shifted));
    // Where one is empty, where it begins says nothing.
    Batch first = Batch.ragged(e, new long[] {0, 3, 3});
    Targets.check(first, Batch.ragged(e, new long[] {0, 3, 3}));
  }

  @Test
  void segmentsOfTheSameMemoryAreSeen() {
    MemorySegment all = MemorySegment.ofArray(new double[MEMORY]);
    Batch x = Batch.of(Elements.of(all.asSlice(0, 80), ElementType.F64));
    Batch shifted = Batch.of(Elements.of(all.asSlice(8, 80), ElementType.F64));
    Batch behind = Batch.of(Elements.of(all.asSlice(80, 80), ElementType.F64));
    assertThrows(IllegalArgumentException.class, () -> Targets.check(x, shifted));
    Targets.check(x, behind);
    Targets.check(x, Batch.of(Elements.of(all.asSlice(0, 80), ElementType.F64)));
  }
}
