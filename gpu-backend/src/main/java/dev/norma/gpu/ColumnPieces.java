package dev.norma.gpu;

import static dev.norma.gpu.LaunchPolicy.CHUNK;

import dev.norma.gpu.Launcher.Columns;
import dev.norma.spi.StridedLayout;
import java.util.function.Consumer;

/**
 * Cuts vectors that lie side by side into pieces that go to a device: several whole matrices, where
 * they are small, or else some rows of some columns of one.
 */
final class ColumnPieces {
  private final StridedLayout layout;
  private final long most;
  private final long run;
  private final long rows;

  /** Cuts into pieces of at most so many elements, which is at least a chunk. */
  ColumnPieces(StridedLayout layout, long most) {
    this.layout = layout;
    this.most = most;
    this.run = layout.vectors().innerSize();
    this.rows = layout.elements().size();
  }

  /**
   * One piece.
   *
   * @param columns how its columns lie when it is packed
   * @param chunk the first chunk of its vectors that it has
   * @param vector its first vector
   */
  record Piece(Columns columns, long chunk, long vector, Consumer<Packer> pack) {
    void pack(Packer packer) {
      pack.accept(packer);
    }
  }

  void forEach(Consumer<Piece> body) {
    if (rows <= CHUNK && run <= most / rows) {
      matrices(body);
    } else {
      panels(body);
    }
  }

  private void matrices(Consumer<Piece> body) {
    long size = run * rows;
    long end = layout.first() + layout.count();
    long perPiece = most / size;
    for (long at = layout.first() / run; at * run < end; at += perPiece) {
      long first = at;
      long last = Math.min((end + run - 1) / run, at + perPiece);
      long from = Math.max(layout.first(), first * run);
      long to = Math.min(end, last * run);
      Columns columns = new Columns(-first * size, size, run, rows, run, from, to - from);
      body.accept(new Piece(columns, 0, from - layout.first(), p -> pack(p, first, last)));
    }
  }

  /** Packs whole matrices, also the columns of the first and the last that no vector is. */
  private void pack(Packer packer, long first, long last) {
    long origin = layout.start(0) - layout.vectors().offset(layout.first());
    for (long matrix = first; matrix < last; matrix++) {
      pack(packer, origin + layout.vectors().offset(matrix * run), run, rows);
    }
  }

  private void pack(Packer packer, long corner, long width, long height) {
    long step = layout.elements().innerStride();
    for (long row = 0; row < height; row++) {
      packer.add(corner + row * step, width);
    }
  }

  private void panels(Consumer<Piece> body) {
    long step = layout.elements().innerStride();
    long widest = most / Math.min(rows, CHUNK);
    for (long vector = 0; vector < layout.count(); ) {
      long inRun = run - (layout.first() + vector) % run;
      long width = Math.min(Math.min(inRun, layout.count() - vector), widest);
      long highest = most / width / CHUNK * CHUNK;
      for (long row = 0; row < rows; row += Math.max(CHUNK, highest)) {
        long height = Math.min(Math.max(CHUNK, highest), rows - row);
        long corner = layout.start(vector) + row * step;
        Columns columns = new Columns(0, 0, width, height, width, 0, width);
        body.accept(new Piece(columns, row / CHUNK, vector, p -> pack(p, corner, width, height)));
      }
      vector += width;
    }
  }
}
