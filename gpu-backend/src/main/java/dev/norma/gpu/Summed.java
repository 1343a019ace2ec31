package dev.norma.gpu;

import dev.norma.gpu.Device.Buffer;
import dev.norma.gpu.Launcher.States;
import dev.norma.spi.MapPlan;
import dev.norma.spi.PairSums;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** Values that are summed. Used for one call. */
final class Summed implements Target {
  private final int count;
  private final Folder folder;
  private List<States> partials;

  Summed(MapPlan plan, Workspace work) {
    this.count = plan.count();
    this.folder = new Folder(work, count, List.of(new FunctionPass(plan)));
  }

  @Override
  public void begin(long chunks) {
    partials = folder.states("partials", chunks);
  }

  @Override
  public void changing() {}

  @Override
  public States of(Buffer memory, boolean partial) {
    return partial ? partials.get(0) : folder.finals().get(0);
  }

  @Override
  public void fold(int count, long chunks) {
    folder.fold(Sequences.ofChunks(count, chunks, 1), count, partials);
  }

  @Override
  public void fold(UnitList units) {
    folder.fold(units.partial(), 1, partials);
  }

  /** Waits for the device and reads the sums. */
  PairSums read() {
    MemorySegment words = folder.readFinals().get(0).memory();
    PairSums sums = new PairSums(count);
    long bytes = (long) count * Double.BYTES;
    MemorySegment.copy(words, ValueLayout.JAVA_DOUBLE, 0, sums.hi(), 0, count);
    MemorySegment.copy(words, ValueLayout.JAVA_DOUBLE, bytes, sums.lo(), 0, count);
    return sums;
  }
}
