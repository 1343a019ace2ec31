package dev.norma;

import dev.norma.spi.Backend;
import dev.norma.spi.Confinement;
import dev.norma.spi.DeviceCopy;
import dev.norma.spi.DeviceMemory;
import dev.norma.spi.MapPlan;
import dev.norma.spi.PairSums;
import dev.norma.spi.Plan;
import dev.norma.spi.PlanResult;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Several devices as one backend: each computes some of the vectors, in a thread of its own. What
 * was uploaded is on each of them, so that what is written there is computed by each, in full: the
 * copies stay equal, unless one of the devices fails.
 */
final class SplitBackend implements Backend {
  private final String name;
  private final List<Backend> children;
  private final Together threads = new Together("norma-split-");

  /** The vectors for one of the devices. */
  private record Share(int from, int to, int part, Backend child) {
    /** Returns the place of elements on its device, if they are on one. */
    Elements place(Elements elements) {
      return elements.device() instanceof Copies copies
          ? Elements.onDevice(copies.parts.get(part), elements.type())
          : elements;
    }
  }

  SplitBackend(String name, List<Backend> children) {
    this.name = name;
    this.children = List.copyOf(children);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public PlanResult run(Plan plan) {
    List<Share> shares = shares(plan.count(), List.of(plan.batch()));
    if (shares.size() == 1) {
      return run(plan, shares.get(0));
    }
    return join(plan, shares, together(shares, share -> run(plan, share)));
  }

  private static PlanResult run(Plan plan, Share share) {
    Plan slice = plan.slice(share.from, share.to);
    return share.child.run(slice.on(share.place(plan.batch().elements())));
  }

  @Override
  public void map(MapPlan plan) {
    boolean copied = plan.x().elements().device() != null;
    List<Share> shares =
        copied
            ? IntStream.range(0, children.size()).mapToObj(i -> all(plan.count(), i)).toList()
            : shares(plan.count(), plan.batches());
    together(
        shares,
        share -> {
          share.child.map(plan.slice(share.from, share.to).on(share::place));
          return share;
        });
  }

  @Override
  public PairSums sum(MapPlan plan) {
    List<Share> shares = shares(plan.count(), plan.batches());
    List<PairSums> parts =
        together(
            shares, share -> share.child.sum(plan.slice(share.from, share.to).on(share::place)));
    PairSums joined = new PairSums(plan.count());
    for (int s = 0; s < parts.size(); s++) {
      copy(parts.get(s).hi(), joined.hi(), shares.get(s).from);
      copy(parts.get(s).lo(), joined.lo(), shares.get(s).from);
    }
    return joined;
  }

  private List<Share> shares(int count, List<Batch> batches) {
    boolean confined = batches.stream().anyMatch(Confinement::holds);
    int parts = confined ? 1 : Math.clamp(count, 1, children.size());
    return IntStream.range(0, parts).mapToObj(i -> share(count, i, parts)).toList();
  }

  private Share share(int count, int part, int parts) {
    int from = (int) ((long) count * part / parts);
    int to = (int) ((long) count * (part + 1) / parts);
    return new Share(from, to, part, children.get(part));
  }

  private Share all(int count, int part) {
    return new Share(0, count, part, children.get(part));
  }

  /** Something that is done for a share. */
  private interface Work<T> {
    T of(Share share);
  }

  private <T> List<T> together(List<Share> shares, Work<T> work) {
    return threads.run(shares.stream().<Callable<T>>map(s -> () -> work.of(s)).toList());
  }

  private static PlanResult join(Plan plan, List<Share> shares, List<PlanResult> results) {
    String names = results.stream().map(PlanResult::backend).collect(Collectors.joining("+"));
    PlanResult joined = new PlanResult(plan, names);
    for (int s = 0; s < shares.size(); s++) {
      for (int i = 0; i < plan.primitives().size(); i++) {
        int from = shares.get(s).from;
        copy(results.get(s).hi(i), joined.hi(i), from);
        copy(results.get(s).lo(i), joined.lo(i), from);
      }
    }
    return joined;
  }

  /** Copies what there is: only sums have trailing parts. */
  private static void copy(double[] part, double[] whole, int from) {
    System.arraycopy(part, 0, whole, Math.min(from, whole.length), part.length);
  }

  /** Copies to each device, so that any vectors of any view can be computed on any of them. */
  @Override
  public Optional<DeviceMemory> upload(MemorySegment from) {
    return Optional.of(copies(child -> child.upload(from).orElseThrow()));
  }

  @Override
  public DeviceMemory allocate(long bytes) {
    return copies(child -> child.allocate(bytes));
  }

  @Override
  public void copy(List<DeviceCopy> copies) {
    together(
        IntStream.range(0, children.size()).mapToObj(i -> all(0, i)).toList(),
        share -> {
          share.child.copy(copies.stream().map(copy -> on(share.part, copy)).toList());
          return share;
        });
  }

  private DeviceCopy on(int part, DeviceCopy copy) {
    return new DeviceCopy(
        part(part, copy.from()),
        copy.fromByte(),
        part(part, copy.to()),
        copy.toByte(),
        copy.bytes());
  }

  private DeviceMemory part(int part, DeviceMemory memory) {
    if (memory instanceof Copies copies && owns(memory)) {
      return copies.parts.get(part);
    }
    throw new IllegalArgumentException(
        "copies: memory of " + memory.owner().name() + " is none of " + name);
  }

  /** Makes the same memory on each of the devices, or on none. */
  private Copies copies(Function<Backend, DeviceMemory> make) {
    List<DeviceMemory> parts = new ArrayList<>();
    try {
      for (Backend child : children) {
        parts.add(make.apply(child));
      }
    } catch (RuntimeException | OutOfMemoryError e) {
      new Copies(this, parts).close();
      throw e;
    }
    return new Copies(this, parts);
  }

  /** The same memory on each of the devices. */
  private record Copies(SplitBackend owner, List<DeviceMemory> parts) implements DeviceMemory {
    @Override
    public long byteSize() {
      return parts.get(0).byteSize();
    }

    @Override
    public void read(long offset, MemorySegment to) {
      parts.get(0).read(offset, to);
    }

    @Override
    public void close() {
      Closing.all(parts.stream().<Runnable>map(part -> part::close).toList());
    }
  }

  @Override
  public void close() {
    threads.close();
    Closing.all(children.stream().<Runnable>map(child -> child::close).toList());
  }
}
