package dev.norma;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.IntUnaryOperator;

/**
 * Small tensors of one type that are copied one behind the other into an array that stays in cache,
 * to be treated as one batch: what a call costs, and what a launch costs on a device, is paid once.
 */
final class TensorPack {
  /** Larger tensors are worth a call of their own. */
  private static final long LARGEST = 1 << 14;

  /** So many elements of a pack, at most, are in cache for what follows. */
  private static final int ELEMENTS = 1 << 16;

  private final List<Batch> tensors = new ArrayList<>();
  private final List<Integer> firsts = new ArrayList<>(); // the number of the first vector of each
  private final ElementType type;
  private int size;
  private int vectors;

  private TensorPack(ElementType type) {
    this.type = type;
  }

  /** Does something with vectors, each of which has a number among those of all tensors. */
  interface Action {
    void run(Batch vectors, IntUnaryOperator number);
  }

  /** Tells whether a tensor is one that is packed. */
  static boolean fits(Batch tensor) {
    return tensor.elements().device() == null
        && tensor.layout().contiguous()
        && tensor.layout().size() <= LARGEST
        && tensor.layout().extent().length() == tensor.layout().size();
  }

  /** Packs those of the tensors that fit. */
  static List<TensorPack> of(List<Batch> tensors) {
    List<TensorPack> packs = new ArrayList<>();
    Map<ElementType, TensorPack> open = new EnumMap<>(ElementType.class);
    int first = 0;
    for (Batch tensor : tensors) {
      if (fits(tensor)) {
        TensorPack pack = open.get(tensor.type());
        if (pack == null || pack.size + tensor.layout().size() > ELEMENTS) {
          pack = new TensorPack(tensor.type());
          open.put(tensor.type(), pack);
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
  void run(Scratch scratch, boolean changes, Action action) {
    Elements packed = scratch.take(type);
    long[] offsets = new long[vectors + 1];
    int[] numbers = new int[vectors];
    for (int t = 0, next = 0; t < tensors.size(); t++) {
      for (int i = 0; i < tensors.get(t).count(); i++, next++) {
        numbers[next] = firsts.get(t) + i;
        offsets[next + 1] = offsets[next] + tensors.get(t).length(i);
      }
    }
    copy(packed, offsets, false);
    action.run(Batch.ragged(packed, offsets), i -> numbers[i]);
    if (changes) {
      copy(packed, offsets, true);
    }
    scratch.give(packed);
  }

  private void copy(Elements packed, long[] offsets, boolean back) {
    int vector = 0;
    for (Batch tensor : tensors) {
      MemorySegment memory = tensor.elements().segment();
      for (int i = 0; i < tensor.count(); i++, vector++) {
        long there = tensor.layout().start(i) * type.bytes();
        long here = offsets[vector] * type.bytes();
        long bytes = tensor.layout().length(i) * type.bytes();
        if (bytes == 0) {
          continue; // an empty vector may begin anywhere
        }
        if (back) {
          MemorySegment.copy(packed.segment(), here, memory, there, bytes);
        } else {
          MemorySegment.copy(memory, there, packed.segment(), here, bytes);
        }
      }
    }
  }

  /** Arrays that packs are copied to, one after the other. Safe for use by many threads. */
  static final class Scratch {
    private final Map<ElementType, Deque<Elements>> arrays = new ConcurrentHashMap<>();

    private Elements take(ElementType type) {
      Elements idle = arrays.computeIfAbsent(type, t -> new ConcurrentLinkedDeque<>()).poll();
      return idle == null ? make(type) : idle;
    }

    private static Elements make(ElementType type) {
      return switch (type) {
        case F64 -> Elements.of(new double[ELEMENTS]);
        case F32 -> Elements.of(new float[ELEMENTS]);
        case F16 -> Elements.f16(new short[ELEMENTS]);
        case BF16 -> Elements.bf16(new short[ELEMENTS]);
      };
    }

    private void give(Elements elements) {
      arrays.get(elements.type()).push(elements);
    }
  }
}
