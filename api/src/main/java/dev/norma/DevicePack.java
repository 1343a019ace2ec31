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
  private final List<Batch> tensors;

  /** Takes memory, which is released with this. */
  DevicePack(List<Batch> tensors, ElementType type, DeviceMemory memory) {
    this.memory = memory;
    this.packed = Elements.onDevice(memory, type);
    this.tensors = tensors;
  }

  /** Lists the copies of all tensors, each of which is one run of neighbours. */
  private List<DeviceCopy> copies() {
    List<DeviceCopy> copies = new ArrayList<>();
    long here = 0;
    for (Batch tensor : tensors) {
      long bytes = tensor.layout().size() * packed.type().bytes();
      if (bytes > 0) {
        long there = tensor.layout().extent().from() * packed.type().bytes();
        copies.add(new DeviceCopy(tensor.elements().device(), there, memory, here, bytes));
      }
      here += bytes;
    }
    return copies;
  }

  @Override
  public Elements elements() {
    return packed;
  }

  @Override
  public void gather() {
    memory.owner().copy(copies());
  }

  @Override
  public void scatter() {
    memory.owner().copy(copies().stream().map(DeviceCopy::back).toList());
  }

  @Override
  public void close() {
    memory.close();
  }
}
