package dev.norma.gpu;

import dev.norma.gpu.Device.Buffer;
import dev.norma.gpu.Launcher.Units;
import dev.norma.spi.Layout;
import dev.norma.spi.RaggedLayout;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lists of units that stay on a device beside the elements that they are about, so that a ragged
 * batch that stays there is not listed anew by each call. Safe for use by many threads.
 */
final class KeptUnits implements AutoCloseable {
  private final long mostBytes;
  private final Map<Layout, Kept> kept = new HashMap<>();
  private final List<Buffer> buffers = new ArrayList<>();
  private long bytes;

  /**
   * A list of units, on both sides.
   *
   * @param list on the host
   * @param units on the device
   */
  record Kept(UnitList list, Units units) {}

  /** Keeps lists of so many bytes at most; of none, each call makes its own. */
  KeptUnits(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Returns the units of a layout, for a call. */
  Kept of(Layout layout, Workspace work) {
    // What a caller may change afterwards cannot be kept.
    boolean lasting = layout instanceof RaggedLayout ragged && ragged.ownsOffsets();
    return lasting ? kept(layout, work) : made(layout, work);
  }

  private static Kept made(Layout layout, Workspace work) {
    UnitList list = new UnitList(Sequences.of(layout));
    return new Kept(list, Units.put(work, "units", list));
  }

  private synchronized Kept kept(Layout layout, Workspace work) {
    Kept before = kept.get(layout);
    if (before != null) {
      return before;
    }
    UnitList list = new UnitList(Sequences.of(layout));
    long size = 2L * list.count() * (Long.BYTES + Integer.BYTES);
    if (bytes + size > mostBytes) {
      return new Kept(list, Units.put(work, "units", list));
    }
    Kept made = new Kept(list, copy(list, work));
    kept.put(layout, made);
    bytes += size;
    return made;
  }

  private Units copy(UnitList list, Workspace work) {
    int before = buffers.size();
    try {
      Units units =
          new Units(
              copy("starts", MemorySegment.ofArray(list.starts), work),
              copy("froms", MemorySegment.ofArray(list.froms), work),
              copy("lengths", MemorySegment.ofArray(list.lengths), work),
              copy("outs", MemorySegment.ofArray(list.outs), work));
      work.queue().finish(); // other calls, on other queues, will read them
      return units;
    } catch (RuntimeException | Error e) {
      work.finish(e); // copies may still be under way
      while (buffers.size() > before) {
        buffers.remove(buffers.size() - 1).close();
      }
      throw e;
    }
  }

  private Buffer copy(String role, MemorySegment array, Workspace work) {
    Buffer buffer = work.device().allocate(array.byteSize());
    buffers.add(buffer);
    if (array.byteSize() > 0) {
      Device.Staging staging = work.staging("kept " + role, array.byteSize());
      staging.memory().copyFrom(array);
      work.queue().write(staging, array.byteSize(), buffer, 0);
    }
    return buffer;
  }

  @Override
  public synchronized void close() {
    buffers.forEach(Buffer::close);
    buffers.clear();
    kept.clear();
  }
}
