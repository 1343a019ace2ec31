package dev.norma;

import dev.norma.spi.Backend;
import dev.norma.spi.DeviceCopy;
import dev.norma.spi.DeviceMemory;
import dev.norma.spi.Layout;
import dev.norma.spi.MapPlan;
import dev.norma.spi.PairSums;
import dev.norma.spi.Plan;
import dev.norma.spi.PlanResult;
import dev.norma.spi.Primitive;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A backend that sums in plain loops, with memory of its own where it plays a device. */
final class FakeBackend implements Backend {
  final List<Plan> plans = Collections.synchronizedList(new ArrayList<>());
  final List<MapPlan> maps = Collections.synchronizedList(new ArrayList<>());
  final List<Memory> memories = Collections.synchronizedList(new ArrayList<>());
  final AtomicInteger closed = new AtomicInteger();
  volatile Consumer<Plan> onRun = plan -> {};
  volatile PairSums sums;
  volatile Runnable onUpload = () -> {};
  volatile Runnable onRead = () -> {};
  volatile Runnable onClose = () -> {};

  private final String name;
  private final boolean device;

  private FakeBackend(String name, boolean device) {
    this.name = name;
    this.device = device;
  }

  static FakeBackend cpu() {
    return new FakeBackend("cpu-fake", false);
  }

  static FakeBackend device(String name) {
    return new FakeBackend(name, true);
  }

  static DeviceException failure(String message) {
    return new DeviceException(DeviceException.Fault.FAILED, message, null);
  }

  /** Memory of a device: a copy that only its owner looks into. */
  static final class Memory implements DeviceMemory {
    final AtomicInteger closed = new AtomicInteger();
    private final FakeBackend owner;
    private final MemorySegment copy;

    Memory(FakeBackend owner, MemorySegment from) {
      this.owner = owner;
      this.copy = MemorySegment.ofArray(new byte[(int) from.byteSize()]).copyFrom(from);
    }

    @Override
    public Backend owner() {
      return owner;
    }

    @Override
    public long byteSize() {
      return copy.byteSize();
    }

    @Override
    public void read(long offset, MemorySegment to) {
      if (closed.get() > 0) {
        throw new IllegalStateException("read after close");
      }
      owner.onRead.run();
      to.copyFrom(copy.asSlice(offset, to.byteSize()));
    }

    @Override
    public void close() {
      closed.incrementAndGet();
      owner.onClose.run();
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<DeviceMemory> upload(MemorySegment from) {
    onUpload.run();
    if (!device) {
      return Optional.empty();
    }
    Memory memory = new Memory(this, from);
    memories.add(memory);
    return Optional.of(memory);
  }

  @Override
  public DeviceMemory allocate(long bytes) {
    Memory memory = new Memory(this, MemorySegment.ofArray(new byte[(int) bytes]));
    memories.add(memory);
    return memory;
  }

  @Override
  public void copy(List<DeviceCopy> copies) {
    for (DeviceCopy copy : copies) {
      MemorySegment.copy(
          content(copy.from()), copy.fromByte(), content(copy.to()), copy.toByte(), copy.bytes());
    }
  }

  @Override
  public PlanResult run(Plan plan) {
    DeviceMemory memory = plan.batch().elements().device();
    if (closed.get() > 0 || (memory != null && !owns(memory))) {
      throw new AssertionError(name + " was closed, or got memory of another: " + plan);
    }
    plans.add(plan);
    onRun.accept(plan);
    PlanResult result = new PlanResult(plan, name);
    for (int v = 0; v < plan.count(); v++) {
      for (int i = 0; i < plan.primitives().size(); i++) {
        result.hi(i)[v] = reduce(plan.primitives().get(i), plan.batch(), v, plan.scale(v));
      }
      plan.progress().add(plan.batch().length(v));
    }
    return result;
  }

  /** Knows one function, a multiple of the element, and does nothing where there is no multiple. */
  @Override
  public void map(MapPlan plan) {
    maps.add(plan);
    if (plan.map().kind().coefficients() == 0) {
      return;
    }
    for (int v = 0; v < plan.count(); v++) {
      for (long i = 0; i < plan.x().length(v); i++) {
        double y = plan.coefficients(0)[v] * element(plan.x(), v, i);
        long at = position(plan.out(), v, i) * Double.BYTES;
        content(plan.out()).set(ValueLayout.JAVA_DOUBLE_UNALIGNED, at, y);
      }
    }
  }

  /** Returns what a test has put there, or else sums products with the second operand. */
  @Override
  public PairSums sum(MapPlan plan) {
    maps.add(plan);
    if (sums != null) {
      return sums;
    }
    PairSums computed = new PairSums(plan.count());
    for (int v = 0; v < plan.count(); v++) {
      for (long i = 0; i < plan.x().length(v); i++) {
        double y = plan.coefficients(0)[v] * element(plan.x(), v, i);
        computed.hi()[v] += y * element(plan.second(), v, i);
      }
    }
    return computed;
  }

  private static long position(Batch batch, int vector, long i) {
    return batch.layout().start(vector) + batch.layout().elements(vector).offset(i);
  }

  private double element(Batch batch, int vector, long i) {
    long at = position(batch, vector, i) * Double.BYTES;
    return content(batch).get(ValueLayout.JAVA_DOUBLE_UNALIGNED, at);
  }

  private MemorySegment content(Batch batch) {
    DeviceMemory memory = batch.elements().device();
    return memory == null ? batch.elements().segment() : content(memory);
  }

  private MemorySegment content(DeviceMemory memory) {
    if (!owns(memory)) {
      throw new AssertionError(name + " got memory of another");
    }
    return ((Memory) memory).copy;
  }

  private static double reduce(Primitive primitive, Batch batch, int vector, double scale) {
    Layout layout = batch.layout();
    double value = primitive.equals(Primitive.ABS_MIN) ? Double.POSITIVE_INFINITY : 0;
    for (long i = 0; i < layout.length(vector); i++) {
      long position = layout.start(vector) + layout.elements(vector).offset(i);
      double x = Math.abs(batch.elements().get(position));
      value =
          switch (primitive.kind()) {
            case NONZERO_COUNT -> value + (x == 0 ? 0 : 1);
            case ABS_SUM -> value + x / scale;
            case SQUARE_SUM -> value + x / scale * (x / scale);
            case POW_SUM -> value + Math.pow(x / scale, primitive.exponent());
            case ABS_MAX -> Math.max(value, x);
            case ABS_MIN -> Math.min(value, x);
          };
    }
    return value;
  }

  @Override
  public void close() {
    closed.incrementAndGet();
    onClose.run();
  }
}
