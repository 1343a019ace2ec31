package dev.norma.gpu;

import dev.norma.Batch;
import dev.norma.Elements;
import dev.norma.NdArray;
import java.util.List;
import java.util.stream.IntStream;

/** Batches whose vectors lie in every way, in pairs of which the vectors are alike. */
final class MapShapes {
  /** So many elements are enough for each. */
  static final int ELEMENTS = 45_000;

  private static final long[] RAGGED = {
    2, 2, 7, 7, 38, 70, 103, 4198, 8294, 12_391, 12_392, 21_000
  };

  private MapShapes() {}

  /** Batches that lie alike in both memories. */
  static List<Batch> alike(Elements e) {
    return List.of(
        Batch.rows(e, 131, 1),
        Batch.rows(e, 1, 70, 3, 5),
        Batch.rows(e, 40, 31),
        Batch.rows(e, 41, 32),
        Batch.rows(e, 3, 33),
        Batch.rows(e, 3, 4096),
        Batch.rows(e, 4, 4097),
        Batch.rows(e, 1, 3, 9000, 9001),
        Batch.rows(e, 0, 3),
        Batch.rows(e, 3, 0),
        Batch.columns(e, 33, 40),
        Batch.columns(e, 2, 70, 35, 41).slice(1, 34),
        Batch.columns(e, 4097, 9),
        Batch.columns(e, 4096, 10).slice(2, 10),
        Batch.columns(e, 5, 300),
        Batch.along(NdArray.of(e, 3, 5, 40), 1).slice(38, 81),
        Batch.along(NdArray.fortran(e, 4, 5, 6), 1),
        Batch.along(NdArray.strided(e, 44_000, new long[] {20, 30}, new long[] {-601, -2}), 1),
        Batch.whole(NdArray.fortran(e, 40, 5, 3)),
        Batch.whole(NdArray.fortran(e, 100, 99)),
        Batch.ragged(e, RAGGED),
        Batch.ragged(e, RAGGED).slice(3, 9));
  }

  /** Batches that lie otherwise, and have vectors like those of number i of {@link #alike}. */
  static Batch other(Elements e, int i) {
    Batch like = alike(e).get(i);
    boolean regular =
        like.count() > 0
            && IntStream.range(0, (int) like.count())
                .allMatch(v -> like.length(v) == like.length(0));
    if (regular && i % 3 == 0) {
      return Batch.columns(e, like.length(0), like.count());
    }
    return regular && i % 3 == 1
        ? Batch.rows(e, 1, like.count(), like.length(0), like.length(0) + 1)
        : Batch.ragged(e, offsets(like));
  }

  private static long[] offsets(Batch like) {
    long[] offsets = new long[(int) like.count() + 1];
    for (int v = 0; v < like.count(); v++) {
      offsets[v + 1] = offsets[v] + like.length(v);
    }
    return offsets;
  }
}
