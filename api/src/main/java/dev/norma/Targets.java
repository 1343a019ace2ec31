package dev.norma;

import dev.norma.spi.Backend;
import dev.norma.spi.DeviceMemory;
import dev.norma.spi.Extent;
import dev.norma.spi.Layout;
import dev.norma.spi.StridedLayout;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;

/** Checks that batches go together: as operands of one function, and as the place of its values. */
final class Targets {
  private Targets() {}

  /** Checks that a batch has vectors like x, in memory of the same device or the host. */
  static void checkAlike(String what, Batch x, Batch other) {
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(other, what);
    if (x.type() != other.type() && !isOfDifferences(x, other)) {
      throw new IllegalArgumentException(
          what + ": its elements are " + other.type() + ", and those of x " + x.type());
    }
    if (!Objects.equals(owner(x), owner(other))) {
      throw new IllegalArgumentException(
          what + ": its elements are on " + place(other) + ", and those of x on " + place(x));
    }
    if (x.count() != other.count()) {
      throw new IllegalArgumentException(
          what + ": " + other.count() + " vectors, and x has " + x.count());
    }
    checkLengths(what, x.layout(), other.layout());
  }

  /** Checks that there are as many matrices as of x, of the same sizes. */
  static void checkAlike(String what, Matrices x, Matrices other) {
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(other, what);
    if (x.count() != other.count() || x.rows() != other.rows() || x.columns() != other.columns()) {
      throw new IllegalArgumentException(what + ": " + sizes(other) + ", and x has " + sizes(x));
    }
  }

  private static String sizes(Matrices x) {
    return x.count() + " matrices of " + x.rows() + " x " + x.columns();
  }

  /** What is made of differences goes to elements of their type, or of what they are taken of. */
  private static boolean isOfDifferences(Batch x, Batch other) {
    return x instanceof DifferenceBatch d && d.x().type() == other.type();
  }

  /** Checks that a batch is no view of differences, and lies on the host. */
  static void checkPlain(String what, Batch batch) {
    if (batch instanceof DifferenceBatch) {
      throw new IllegalArgumentException(what + ": it is itself a view of differences");
    }
    if (batch.elements().device() != null) {
      throw new IllegalArgumentException(what + ": it is on a device; differences are of the host");
    }
  }

  /** Returns the backend whose memory a batch lies in, or null where it lies on the host. */
  private static Backend owner(Batch batch) {
    DeviceMemory device = batch.elements().device();
    return device == null ? null : device.owner();
  }

  private static String place(Batch batch) {
    Backend owner = owner(batch);
    return owner == null ? "the host" : owner.name();
  }

  private static void checkLengths(String what, Layout x, Layout other) {
    boolean regular = x instanceof StridedLayout && other instanceof StridedLayout;
    long last = regular ? Math.min(1, x.count()) : x.count();
    for (long i = 0; i < last; i++) {
      if (x.length(i) != other.length(i)) {
        throw new IllegalArgumentException(
            what + ": vector " + i + " has " + other.length(i) + " elements, not " + x.length(i));
      }
    }
  }

  /** Checks that values can go to a batch, each at the place of its x or apart from all x. */
  static void check(Batch x, Batch out) {
    checkAlike("out", x, out);
    checkWritable("out", out);
    if (x instanceof DifferenceBatch d) {
      checkPlace(d.x(), out);
      checkPlace(d.y(), out);
    } else {
      checkPlace(x, out);
    }
  }

  private static void checkPlace(Batch x, Batch out) {
    if (overlap(x, out)
        && !(x.type() == out.type()
            && sameMemory(x, out)
            && samePlaces(x.layout(), out.layout()))) {
      throw new IllegalArgumentException(
          "out: overlaps what is read, and not element by element at the same place");
    }
  }

  /** Checks that two batches have no memory in common. */
  static void checkApart(String what, Batch batch, String other, Batch from) {
    if (overlap(batch, from)) {
      throw new IllegalArgumentException(what + ": overlaps " + other);
    }
  }

  /** Tells whether nothing that is read lies where values go. */
  static boolean apart(Batch x, Batch out) {
    return x instanceof DifferenceBatch d
        ? !overlap(d.x(), out) && !overlap(d.y(), out)
        : !overlap(x, out);
  }

  /** Checks that values can be written, each to a place of its own. */
  static void checkWritable(String what, Batch out) {
    if (out instanceof DifferenceBatch) {
      throw new IllegalArgumentException(what + ": differences cannot be written");
    }
    MemorySegment segment = out.elements().segment();
    if (segment != null && segment.isReadOnly()) {
      throw new IllegalArgumentException(what + ": the segment is read-only");
    }
    if (out.layout() instanceof StridedLayout layout && !isInjective(layout)) {
      throw new IllegalArgumentException(what + ": several of its elements lie at the same place");
    }
  }

  /** Tells whether each stride steps over all that the smaller ones reach. */
  private static boolean isInjective(StridedLayout layout) {
    long[] vectors = layout.vectors().table();
    long[] elements = layout.elements().table();
    int rank = (vectors.length + elements.length) / 2;
    long[][] axes = new long[rank][];
    for (int i = 0; i < rank; i++) {
      boolean outer = i < vectors.length / 2;
      long[] table = outer ? vectors : elements;
      int k = outer ? i : i - vectors.length / 2;
      axes[i] = new long[] {Math.abs(table[table.length / 2 + k]), table[k]};
    }
    Arrays.sort(axes, (a, b) -> Long.compare(a[0], b[0]));
    long reach = 0;
    for (long[] axis : axes) {
      if (axis[1] > 1 && axis[0] <= reach) {
        return layout.size() <= 1;
      }
      reach += (axis[1] - 1) * axis[0];
    }
    return true;
  }

  private static boolean sameMemory(Batch a, Batch b) {
    if (a.elements().device() != null) {
      return true; // they overlap, so it is the same
    }
    MemorySegment first = a.elements().segment();
    MemorySegment second = b.elements().segment();
    return first.address() == second.address();
  }

  /** Tells whether what two batches reach in memory has elements in common. */
  private static boolean overlap(Batch a, Batch b) {
    Extent first = a.layout().extent();
    Extent second = b.layout().extent();
    if (first.length() == 0 || second.length() == 0) {
      return false;
    }
    DeviceMemory device = a.elements().device();
    if (device != null || b.elements().device() != null) {
      return device != null
          && device.equals(b.elements().device())
          && first.from() < second.to()
          && second.from() < first.to();
    }
    return slice(a, first).asOverlappingSlice(slice(b, second)).isPresent();
  }

  private static MemorySegment slice(Batch batch, Extent extent) {
    int size = batch.elements().type().bytes();
    return batch.elements().segment().asSlice(extent.from() * size, extent.length() * size);
  }

  private static boolean samePlaces(Layout a, Layout b) {
    if (a instanceof StridedLayout first && b instanceof StridedLayout second) {
      return first.start(0) == second.start(0)
          && first.start(first.count() - 1) == second.start(second.count() - 1)
          && Arrays.equals(first.elements().table(), second.elements().table())
          && Arrays.equals(first.vectors().table(), second.vectors().table());
    }
    for (long i = 0; i < a.count(); i++) {
      if (a.length(i) > 0 && (a.start(i) != b.start(i) || !sameSteps(a, b, i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameSteps(Layout a, Layout b, long vector) {
    return Arrays.equals(a.elements(vector).table(), b.elements(vector).table());
  }
}
