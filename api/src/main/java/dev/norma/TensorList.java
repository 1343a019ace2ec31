package dev.norma;

import dev.norma.spi.Confinement;
import dev.norma.spi.FlatVectors;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Tensors of any shapes and types, looked through once, for many calls: the gradients of a model,
 * say. Each is a {@link Batch}, of which all vectors count; some or all may be empty. The memory
 * stays the caller's, and may change between calls. Immutable, and safe to share.
 */
public final class TensorList {
  private final List<Batch> tensors;
  private final List<TensorPack> packs;
  private final FlatVectors flat;
  private final int vectors;
  private final boolean confined;
  private final List<Batch> guarded;

  private TensorList(List<Batch> tensors) {
    this.tensors = tensors;
    this.vectors = Places.arrayLength(tensors.stream().mapToLong(Batch::count).sum());
    this.packs = TensorPack.of(tensors);
    this.confined = tensors.stream().anyMatch(Confinement::holds);
    this.guarded = tensors.stream().filter(tensor -> tensor.elements().isGuarded()).toList();
    boolean isFlat = !confined && tensors.stream().allMatch(TensorList::isFlat);
    this.flat = isFlat ? new FlatVectors(tensors) : null;
  }

  /**
   * Lists tensors.
   *
   * @throws IllegalArgumentException if they have too many vectors for an array
   */
  public static TensorList of(List<Batch> tensors) {
    Objects.requireNonNull(tensors, "tensors");
    for (int i = 0; i < tensors.size(); i++) {
      Objects.requireNonNull(tensors.get(i), "tensors[" + i + "]");
    }
    return new TensorList(List.copyOf(tensors));
  }

  private static boolean isFlat(Batch tensor) {
    return TensorPack.fits(tensor)
        && tensor.layout().contiguous()
        && tensor.elements().device() == null;
  }

  /** Checks that all tensors can be written. */
  void checkWritable() {
    for (int i = 0; i < tensors.size(); i++) {
      Targets.checkWritable("tensors[" + i + "]", tensors.get(i));
    }
  }

  /** Returns the tensors. */
  public List<Batch> tensors() {
    return tensors;
  }

  int vectors() {
    return vectors;
  }

  /** Returns those that are small, copied together. */
  List<TensorPack> packs() {
    return packs;
  }

  /**
   * Returns all vectors, if all tensors are small, of neighbours on the host, and any thread may
   * read them.
   */
  Optional<FlatVectors> flat() {
    return Optional.ofNullable(flat);
  }

  /** Returns those in memory that a call has to keep from being released. */
  List<Batch> guarded() {
    return guarded;
  }

  /** Tells whether some of the memory is confined to one thread. */
  boolean confined() {
    return confined;
  }

  @Override
  public String toString() {
    return tensors.size() + " tensors of " + vectors + " vectors";
  }
}
