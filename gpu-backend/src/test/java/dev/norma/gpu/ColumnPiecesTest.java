package dev.norma.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.Batch;
import dev.norma.Elements;
import dev.norma.NdArray;
import dev.norma.gpu.Launcher.Columns;
import dev.norma.spi.StridedLayout;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnPiecesTest {
  private static final int MOST = 8192;

  private static final Elements NUMBERS = numbers();

  private static Elements numbers() {
    float[] numbers = new float[600_000];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    return Elements.of(numbers);
  }

  /** Where the kernel finds an element of a vector in a packed piece, see columns.h. */
  private static long position(Columns columns, long vector, long row) {
    long column = vector + columns.first();
    return columns.offset()
        + column / columns.run() * columns.runStep()
        + column % columns.run()
        + row * columns.rowStep();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 5000, 20, 0, 20",
    "1, 5000, 20, 3, 9",
    "100, 16, 8, 0, 800",
    "100, 16, 8, 5, 777",
    "3, 4097, 9, 4, 20",
    "2, 10, 9000, 7, 17000",
    "400, 40, 30, 29, 11000"
  })
  void everyElementIsInOnePiece(long outer, long rows, long run, long from, long to) {
    Batch batch = Batch.along(NdArray.of(NUMBERS, outer, rows, run), 1).slice(from, to);
    StridedLayout layout = (StridedLayout) batch.layout();
    float[] packed = new float[MOST + 1];
    long[] seen = new long[(int) batch.count()];
    Packer packer = new Packer(NUMBERS);
    new ColumnPieces(layout, MOST)
        .forEach(
            piece -> {
              packer.begin(MemorySegment.ofArray(packed));
              piece.pack(packer);
              assertTrue(packer.finish() <= MOST * 4L);
              Columns columns = piece.columns();
              for (long v = 0; v < columns.count(); v++) {
                int vector = (int) (piece.vector() + v);
                assertEquals(piece.chunk() * 4096, seen[vector], "rows before");
                for (long row = 0; row < columns.rows(); row++) {
                  long at = layout.start(vector) + layout.elements().offset(seen[vector]++);
                  assertEquals(at, (long) packed[(int) position(columns, v, row)]);
                }
              }
            });
    for (long rowsSeen : seen) {
      assertEquals(rows, rowsSeen);
    }
  }
}
