package dev.norma;

import dev.norma.spi.Backend;
import dev.norma.spi.DeviceMemory;
import dev.norma.spi.Layout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * Small tensors of one type and place that are copied one behind the other, to be treated as one
 * batch: what a call costs, and what a launch costs on a device, is paid once.
 */
final class TensorPack {
  /** Larger tensors are worth a call of their own. */
  private static final long LARGEST = 1 << 14;

  private final List<Batch> tensors = new ArrayList<>();
  private final List<Integer> firsts = new ArrayList<>(); // the number of the first vector of each
  private final Place place;
  private int size;
  private int vectors;

  private TensorPack(Place place) {
    this.place = place;
  }

  /** What the tensors of a pack have in common: their type, and their device, or null. */
  private record Place(ElementType type, Backend device) {
    static Place of(Batch tensor) {
      DeviceMemory memory = tensor.elements().device();
      return new Place(tensor.type(), memory == null ? null : memory.owner());
    }

    int elements() {
      return device == null ? HostPack.ELEMENTS : DevicePack.ELEMENTS;
    }

    Packed packed(List<Batch> tensors, int size, HostPack.Scratch scratch) {
      return device == null
          ? new HostPack(tensors, type, scratch)
          : new DevicePack(tensors, type, device.allocate((long) size * type.bytes()));
    }
  }

  /** Does something with vectors, each of which has a number among those of all tensors. */
  interface Action {
    void run(Backend on, Batch vectors, IntUnaryOperator number);
  }

  /**
   * Tells whether a tensor is small, and can be copied: on a device, where each run of neighbours
   * is a copy of its own, it has to be one.
   */
  static boolean fits(Batch tensor) {
    return tensor.layout().size() <= LARGEST
        && !(tensor instanceof DifferenceBatch)
        && (tensor.elements().device() == null || isOneRun(tensor.layout()));
  }

  private static boolean isOneRun(Layout layout) {
    boolean one = layout.contiguous();
    for (long i = 1; one && i < layout.count(); i++) {
      one = layout.start(i) == layout.start(i - 1) + layout.length(i - 1);
    }
    return one;
  }

  /** Packs those of the tensors that fit. */
  static List<TensorPack> of(List<Batch> tensors) {
    List<TensorPack> packs = new ArrayList<>();
    Map<Place, TensorPack> open = new HashMap<>();
    int first = 0;
    for (Batch tensor : tensors) {
      if (fits(tensor)) {
        Place place = Place.of(tensor);
        TensorPack pack = open.get(place);
        if (pack == null || pack.size + tensor.layout().size() > place.elements()) {
          pack = new TensorPack(place);
          open.put(place, pack);
          packs.add(pack);
        }
        pack.add(tensor, first);
      }
      first += (int) tensor.count();
    }
    return packs;
  }

  private void add(Batch tensor, int first) {
    tensors.add(tensor);
    firsts.add(first);
    size += (int) tensor.layout().size();
    vectors += (int) tensor.count();
  }

  /** Does something with all vectors at once, and writes them back where that changes them. */
  void run(Backend on, HostPack.Scratch scratch, boolean changes, Action action) {
    long[] offsets = new long[vectors + 1];
    int[] numbers = new int[vectors];
    for (int t = 0, next = 0; t < tensors.size(); t++) {
      for (int i = 0; i < tensors.get(t).count(); i++, next++) {
        numbers[next] = firsts.get(t) + i;
        offsets[next + 1] = offsets[next] + tensors.get(t).length(i);
      }
    }
    if (place.device != null && tensors.size() == 1) {
      action.run(place.device, tensors.get(0), i -> numbers[i]); // there is nothing to gather
      return;
    }
    try (Packed packed = place.packed(tensors, size, scratch)) {
      packed.gather();
      Backend there = place.device == null ? on : place.device;
      action.run(there, Batch.ragged(packed.elements(), offsets), i -> numbers[i]);
      if (changes) {
        packed.scatter();
      }
    }
  }

  /** Memory for the elements of tensors, one behind the other. */
  interface Packed extends AutoCloseable {
    Elements elements();

    /** Copies the tensors here. */
    void gather();

    /** Copies back what is here. */
    void scatter();

    @Override
    void close();
  }
}
