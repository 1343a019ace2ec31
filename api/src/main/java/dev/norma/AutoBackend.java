package dev.norma;

import dev.norma.spi.Backend;
import dev.norma.spi.Costs;
import dev.norma.spi.DeviceMemory;
import dev.norma.spi.FlatVectors;
import dev.norma.spi.MapPlan;
import dev.norma.spi.PairSums;
import dev.norma.spi.Plan;
import dev.norma.spi.PlanResult;
import dev.norma.spi.Primitive;
import dev.norma.spi.Steps;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Runs each plan where it is predicted to end first: on the CPU, or on a device, to which elements
 * in host memory have to be copied. A plan that fails on a device is run on the CPU, unless its
 * elements are on the device.
 *
 * <p>Functions of elements are computed where these are. Of those on the host that is the CPU,
 * which reads and writes its memory faster than any bus brings what is read to a device, and as
 * much back.
 */
final class AutoBackend implements Backend {
  /** Smaller plans end on the CPU before a device has begun; nothing is measured for them. */
  static final long LEAST_BYTES = 1 << 20;

  private static final String NO_OTHER = "no device is usable, or its costs have not settled yet";
  private static final System.Logger LOG = System.getLogger("dev.norma");

  private final Backend cpu;
  private final List<LazyDevice> devices;
  private final Function<Backend, Optional<Costs>> calibration;

  /** Where a plan could run, and how long it would take; no device stands for the CPU. */
  private record Offer(Optional<LazyDevice> device, String name, double seconds) {}

  AutoBackend(
      Backend cpu, List<LazyDevice> devices, Function<Backend, Optional<Costs>> calibration) {
    this.cpu = cpu;
    this.devices = List.copyOf(devices);
    this.calibration = calibration;
  }

  @Override
  public String name() {
    return Backends.AUTO;
  }

  @Override
  public PlanResult run(Plan plan) {
    DeviceMemory memory = plan.batch().elements().device();
    if (memory != null) {
      explain(plan, memory.owner().name(), "the elements are there");
      return memory.owner().run(plan);
    }
    return choose(plan)
        .flatMap(device -> device.attempt(backend -> backend.run(plan)))
        .orElseGet(() -> cpu.run(plan));
  }

  @Override
  public void map(MapPlan plan) {
    at(plan.x()).map(plan);
  }

  @Override
  public PairSums sum(MapPlan plan) {
    return at(plan.x()).sum(plan);
  }

  @Override
  public void inBlocks(List<Batch> batches, Steps steps) {
    at(batches.get(0)).inBlocks(batches, steps);
  }

  @Override
  public void atOnce(List<Batch> batches, Steps steps) {
    at(batches.get(0)).atOnce(batches, steps);
  }

  /** Tensors on the host are reduced there, like one that is small. */
  @Override
  public Optional<PairSums> reduceEach(FlatVectors vectors, Primitive primitive) {
    return cpu.reduceEach(vectors, primitive);
  }

  @Override
  public void inParallel(int count, Steps steps) {
    cpu.inParallel(count, steps);
  }

  private Backend at(Batch batch) {
    DeviceMemory memory = batch.elements().device();
    return memory == null ? cpu : memory.owner();
  }

  private Optional<LazyDevice> choose(Plan plan) {
    if (plan.batch() instanceof DifferenceBatch) {
      explain(plan, cpu.name(), "differences are formed on the host");
      return Optional.empty();
    }
    if (plan.bytes() < LEAST_BYTES) {
      explain(plan, cpu.name(), "less than 1 MB");
      return Optional.empty();
    }
    List<Offer> offers = offers(costs -> costs.seconds(plan));
    Offer best = best(offers);
    explain(plan, best.name, offers.size() == 1 ? NO_OTHER : "predicted are " + times(offers));
    return best.device;
  }

  private static Offer best(List<Offer> offers) {
    return offers.stream().min(Comparator.comparingDouble(Offer::seconds)).orElseThrow();
  }

  /** Returns what the CPU offers, and then the devices, if both have been measured. */
  private List<Offer> offers(ToDoubleFunction<Costs> seconds) {
    List<Offer> offers = new ArrayList<>();
    for (LazyDevice device : devices) {
      device
          .costs(calibration)
          .map(c -> new Offer(Optional.of(device), device.name(), seconds.applyAsDouble(c)))
          .ifPresent(offers::add);
    }
    Optional<Costs> costs = offers.isEmpty() ? Optional.empty() : calibration.apply(cpu);
    if (costs.isEmpty()) {
      return List.of(new Offer(Optional.empty(), cpu.name(), 0));
    }
    double cpuSeconds = seconds.applyAsDouble(costs.get());
    offers.add(0, new Offer(Optional.empty(), cpu.name(), cpuSeconds));
    return offers;
  }

  private static String times(List<Offer> offers) {
    return offers.stream()
        .map(offer -> String.format(Locale.ROOT, "%s %.3g ms", offer.name, offer.seconds * 1e3))
        .collect(Collectors.joining(", "));
  }

  private static void explain(Plan plan, String backend, String why) {
    LOG.log(System.Logger.Level.DEBUG, () -> plan + " runs on " + backend + ": " + why);
  }

  /** Copies to where a light and a heavy plan together end first; nothing says which will come. */
  @Override
  public Optional<DeviceMemory> upload(MemorySegment from) {
    if (from.byteSize() < LEAST_BYTES) {
      return Optional.empty();
    }
    return best(offers(costs -> costs.residentSeconds(from.byteSize())))
        .device
        .flatMap(device -> device.attempt(backend -> backend.upload(from)))
        .flatMap(Function.identity());
  }

  @Override
  public boolean owns(DeviceMemory memory) {
    return devices.stream().anyMatch(device -> device.owns(memory));
  }

  @Override
  public void close() {
    List<Runnable> closers = new ArrayList<>(List.of(cpu::close));
    devices.forEach(device -> closers.add(device::close));
    Closing.all(closers);
  }
}
