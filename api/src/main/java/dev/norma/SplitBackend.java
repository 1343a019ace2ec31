package dev.norma;

import dev.norma.spi.Backend;
import dev.norma.spi.Confinement;
import dev.norma.spi.DeviceMemory;
import dev.norma.spi.Plan;
import dev.norma.spi.PlanResult;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Several devices as one backend: each computes some of the vectors, in a thread of its own. */
final class SplitBackend implements Backend {
  private final String name;
  private final List<Backend> children;
  private final ExecutorService threads;

  /** A slice of a plan for one of the devices. */
  private record Share(int from, Backend child, Plan plan) {}

  SplitBackend(String name, List<Backend> children) {
    this.name = name;
    this.children = List.copyOf(children);
    this.threads =
        Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("norma-split-", 1).factory());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public PlanResult run(Plan plan) {
    int parts = Confinement.holds(plan.batch()) ? 1 : Math.clamp(plan.count(), 1, children.size());
    List<Share> shares = IntStream.range(0, parts).mapToObj(i -> share(plan, i, parts)).toList();
    if (parts == 1) {
      return shares.get(0).child.run(shares.get(0).plan);
    }
    return join(plan, shares, results(shares));
  }

  private Share share(Plan plan, int part, int parts) {
    int from = (int) ((long) plan.count() * part / parts);
    int to = (int) ((long) plan.count() * (part + 1) / parts);
    Plan slice = plan.slice(from, to);
    if (plan.batch().elements().device() instanceof Copies copies) {
      slice = slice.on(Elements.onDevice(copies.parts.get(part), plan.batch().type()));
    }
    return new Share(from, children.get(part), slice);
  }

  /** Runs all shares, and waits for all of them even when one fails: they read the same memory. */
  private List<PlanResult> results(List<Share> shares) {
    List<FutureTask<PlanResult>> tasks =
        shares.stream().map(s -> new FutureTask<>(() -> s.child.run(s.plan))).toList();
    tasks.subList(1, tasks.size()).forEach(this::start);
    tasks.get(0).run();
    tasks.forEach(SplitBackend::await);
    Closing.all(tasks.stream().<Runnable>map(task -> () -> throwFailure(task)).toList());
    return tasks.stream().map(FutureTask::resultNow).toList();
  }

  /** Where no more threads can be had, the caller's does it all. */
  private void start(FutureTask<?> task) {
    try {
      threads.execute(task);
    } catch (OutOfMemoryError e) {
      task.run();
    }
  }

  private static void await(FutureTask<?> task) {
    boolean interrupted = false;
    while (!task.isDone()) {
      try {
        task.get();
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        break; // thrown when all have ended
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void throwFailure(FutureTask<?> task) {
    if (task.state() == Future.State.FAILED) {
      Throwable failure = task.exceptionNow();
      if (failure instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) failure;
    }
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
    List<DeviceMemory> parts = new ArrayList<>();
    try {
      for (Backend child : children) {
        parts.add(child.upload(from).orElseThrow());
      }
    } catch (RuntimeException | OutOfMemoryError e) {
      new Copies(this, parts).close();
      throw e;
    }
    return Optional.of(new Copies(this, parts));
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
    threads.shutdown();
    Closing.all(children.stream().<Runnable>map(child -> child::close).toList());
  }
}
