package dev.norma.gpu;

import static dev.norma.gpu.LaunchPolicy.CHUNK;

import dev.norma.spi.Axes;
import dev.norma.spi.Layout;
import dev.norma.spi.StridedLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Some elements of some vectors of one length, which go to a device together, one vector behind the
 * other or, across, one element of all vectors behind the other.
 *
 * @param part which vectors, and how many elements of each
 * @param from the first of these elements
 * @param across whether neighbouring vectors are neighbours
 */
record MapPiece(Applier.Part part, long from, boolean across) {
  /** Cuts so many vectors into pieces of at most so many elements, which is at least a chunk. */
  static List<MapPiece> cut(long count, long length, long most, boolean across) {
    long least = across ? Math.min(length, CHUNK) : length;
    long width = Math.clamp(most / least, 1, count);
    long height = length <= most / width ? length : most / width / CHUNK * CHUNK;
    List<MapPiece> pieces = new ArrayList<>();
    for (long vector = 0; vector < count; vector += width) {
      for (long from = 0; from < length; from += height) {
        Applier.Part part =
            new Applier.Part(
                vector,
                Math.min(width, count - vector),
                Math.min(height, length - from),
                from / CHUNK);
        pieces.add(new MapPiece(part, from, across));
      }
    }
    return pieces;
  }

  long elements() {
    return part.vectors() * part.length();
  }

  /** Says where the elements lie when they are packed behind an offset, and returns the entry. */
  int place(Places places, long offset) {
    Axes vectors = axis(part.vectors(), across ? 1 : part.length());
    Axes elements = axis(part.length(), across ? part.vectors() : 1);
    return places.add(offset, 0, vectors, elements);
  }

  private static Axes axis(long size, long step) {
    return new Axes(new long[] {size}, new long[] {step});
  }

  /** Copies them from or to their places. */
  void copy(Layout of, Packer packer) {
    StridedLayout layout = (StridedLayout) of;
    if (across) {
      long corner = layout.start(0) - layout.vectors().offset(layout.first());
      for (long i = from; i < from + part.length(); i++) {
        long row = corner + layout.elements().offset(i);
        packer.add(row, layout.vectors(), layout.first() + part.first(), part.vectors());
      }
    } else {
      for (long v = part.first(); v < part.first() + part.vectors(); v++) {
        packer.add(layout.start(v), layout.elements(), from, part.length());
      }
    }
  }
}
