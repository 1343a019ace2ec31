package dev.norma;

import dev.norma.spi.DeviceCopy;
import dev.norma.spi.DeviceMemory;
import java.util.ArrayList;
import java.util.List;

/** Tensors of a device, copied within it. */
final class DevicePack implements TensorPack.Packed {
  /** So many elements are worth a launch of their own. */
  static final int ELEMENTS = 1 << 20;

  private final DeviceMemory memory;
  private final Elements packed;
  private final List<DeviceCopy> copies;

  /** Takes memory, which is released with this. */
  DevicePack(List<Batch> tensors, ElementType type, DeviceMemory memory) {
    this.memory = memory;
    this.packed = Elements.onDevice(memory, type);
    this.copies = copies(tensors, type.bytes(), memory);
  }

  /** Lists the copies of all vectors, neighbours together. */
  private static List<DeviceCopy> copies(List<Batch> tensors, long size, DeviceMemory to) {
    List<DeviceCopy> copies = new ArrayList<>();
    long here = 0;
    for (Batch tensor : tensors) {
      DeviceMemory from = tensor.elements().device();
      for (long i = 0; i < tensor.count(); i++) {
        long bytes = tensor.length(i) * size;
        if (bytes > 0) {
          add(copies, new DeviceCopy(from, tensor.layout().start(i) * size, to, here, bytes));
        }
        here += bytes;
      }
    }
    return copies;
  }

  private static void add(List<DeviceCopy> copies, DeviceCopy next) {
    int last = copies.size() - 1;
    if (last >= 0 && copies.get(last).isFollowedBy(next)) {
      copies.set(last, copies.get(last).with(next));
    } else {
      copies.add(next);
    }
  }

  @Override
  public Elements elements() {
    return packed;
  }

  @Override
  public void gather() {
    memory.owner().copy(copies);
  }

  @Override
  public void scatter() {
    memory.owner().copy(copies.stream().map(DeviceCopy::back).toList());
  }

  @Override
  public void close() {
    memory.close();
  }
}
