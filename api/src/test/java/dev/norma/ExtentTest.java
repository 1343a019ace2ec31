package dev.norma;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.spi.Extent;
import dev.norma.spi.Layout;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From where to where in memory a batch lies, against all of its positions. */
class ExtentTest {
  private static final Elements MANY = Elements.of(new float[400]);

  private static NdArray array(long offset, long... sizesAndStrides) {
    int rank = sizesAndStrides.length / 2;
    return NdArray.strided(
        MANY,
        offset,
        LongStream.of(sizesAndStrides).limit(rank).toArray(),
        LongStream.of(sizesAndStrides).skip(rank).toArray());
  }

  static List<Batch> batches() {
    return List.of(
        Batch.rows(MANY, 7, 3, 4, 5),
        Batch.columns(MANY, 7, 5, 4, 9),
        Batch.of(MANY),
        Batch.rows(MANY, 3, 0),
        Batch.along(array(200, 3, 4, 5, -40, 9, 1), 0),
        Batch.along(array(200, 3, 4, 5, -40, 9, 1), 1),
        Batch.along(array(200, 3, 4, 5, 40, -9, 2), 2),
        Batch.along(array(0, 2, 3, 2, 4, 100, 0, 7, 1), 3),
        Batch.along(array(300, 2, 3, 4, 2, 3, -7, -50, 1), 0),
        Batch.whole(array(200, 3, 4, -50, 7)),
        Batch.ragged(MANY, new long[] {2, 2, 5, 5, 5, 60, 61, 61}));
  }

  @ParameterizedTest
  @MethodSource("batches")
  void everySliceKnowsWhereItLies(Batch batch) {
    for (long from = 0; from <= batch.count(); from++) {
      for (long to = from; to <= batch.count(); to++) {
        check(batch.layout().slice(from, to), batch + " from " + from + " to " + to);
      }
    }
    if (batch.count() >= 3) {
      check(batch.layout().slice(1, batch.count()).select(new long[] {1, 0}), batch + " selected");
    }
  }

  private static void check(Layout layout, String what) {
    long[] positions = positions(layout);
    Extent extent = layout.extent();
    assertEquals(positions.length, layout.size(), what);
    long lowest = LongStream.of(positions).min().orElse(extent.from());
    long highest = LongStream.of(positions).max().orElse(extent.to() - 1);
    assertEquals(new Extent(lowest, highest + 1), extent, what);
    assertEquals(
        LongStream.of(positions).map(p -> p - lowest).boxed().toList(),
        LongStream.of(positions(layout.rebased(lowest))).boxed().toList(),
        what + " rebased");
  }

  private static long[] positions(Layout layout) {
    return LongStream.range(0, layout.count())
        .flatMap(
            v ->
                LongStream.range(0, layout.length(v))
                    .map(i -> layout.start(v) + layout.elements(v).offset(i)))
        .toArray();
  }
}
