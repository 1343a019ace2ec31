package dev.norma;

import dev.norma.spi.Axes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Tensors of host memory, copied to an array that stays in cache. */
final class HostPack implements TensorPack.Packed {
  /** So many elements, at most, are in cache for what follows. */
  static final int ELEMENTS = 1 << 16;

  private final List<Batch> tensors;
  private final Elements packed;
  private final Scratch scratch;

  HostPack(List<Batch> tensors, ElementType type, Scratch scratch) {
    this.tensors = tensors;
    this.packed = scratch.take(type);
    this.scratch = scratch;
  }

  @Override
  public Elements elements() {
    return packed;
  }

  @Override
  public void gather() {
    copyAll(false);
  }

  @Override
  public void scatter() {
    copyAll(true);
  }

  private void copyAll(boolean back) {
    long here = 0;
    for (Batch tensor : tensors) {
      for (long vector = 0; vector < tensor.count(); vector++) {
        copy(tensor, vector, here, back);
        here += tensor.length(vector);
      }
    }
  }

  /** Copies a vector, by the runs of elements that lie evenly. */
  private void copy(Batch tensor, long vector, long here, boolean back) {
    Axes axes = tensor.layout().elements(vector);
    long start = tensor.layout().start(vector);
    int run = (int) axes.innerSize();
    for (long i = 0; i < tensor.length(vector); i += run) {
      Run there = new Run(tensor.elements().segment(), start + axes.offset(i), axes.innerStride());
      Run at = new Run(packed.segment(), here + i, 1);
      if (back) {
        at.copyTo(there, run, packed.type().bytes());
      } else {
        there.copyTo(at, run, packed.type().bytes());
      }
    }
  }

  /** Elements at even steps. */
  private record Run(MemorySegment memory, long start, long step) {
    void copyTo(Run to, int count, long bytes) {
      if (step == 1 && to.step == 1) {
        MemorySegment.copy(memory, start * bytes, to.memory, to.start * bytes, count * bytes);
      } else {
        copyEach(to, count, bytes);
      }
    }

    private void copyEach(Run to, int count, long bytes) {
      for (long i = 0; i < count; i++) {
        long here = (start + i * step) * bytes;
        long there = (to.start + i * to.step) * bytes;
        if (bytes == Long.BYTES) {
          ValueLayout.OfLong word = ValueLayout.JAVA_LONG_UNALIGNED;
          to.memory.set(word, there, memory.get(word, here));
        } else if (bytes == Integer.BYTES) {
          ValueLayout.OfInt word = ValueLayout.JAVA_INT_UNALIGNED;
          to.memory.set(word, there, memory.get(word, here));
        } else {
          ValueLayout.OfShort word = ValueLayout.JAVA_SHORT_UNALIGNED;
          to.memory.set(word, there, memory.get(word, here));
        }
      }
    }
  }

  @Override
  public void close() {
    scratch.give(packed);
  }

  /** Arrays for packs, one after the other. Safe for use by many threads. */
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
