package dev.norma.cli;

import dev.norma.Batch;
import dev.norma.DeviceException;
import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.conformance.ReferenceOrder;
import dev.norma.spi.Backend;
import dev.norma.spi.DeviceMemory;
import dev.norma.spi.MapPlan;
import dev.norma.spi.PairSums;
import dev.norma.spi.Plan;
import dev.norma.spi.PlanResult;
import dev.norma.spi.Primitive;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * A backend that has another compute from host memory and computes from its own by itself. A wrong
 * one makes mistakes where the first vector has 3 to 20 elements, of a kind for each type: the last
 * bit of a sum of squares (F16), a trailing part of its own memory (F64), a device that fails
 * (F32), a class that is missing (BF16). Columns of BF16 it does not know.
 */
record FakeBackend(String name, boolean wrong, Backend host) implements Backend {
  @Override
  public PlanResult run(Plan plan) {
    Batch batch = plan.batch();
    boolean own = batch.elements().device() != null;
    if (wrong) {
      refuse(batch);
    }
    PlanResult result = own ? fromDevice(plan) : host.run(plan);
    if (wrong && isShort(batch) && batch.type() == ElementType.F16) {
      spoil(plan, Primitive.SQUARE_SUM, result::hi);
    } else if (wrong && isShort(batch) && batch.type() == ElementType.F64 && own) {
      spoil(plan, Primitive.ABS_SUM, result::lo);
    }
    return result;
  }

  @Override
  public void map(MapPlan plan) {
    host.map(plan.on(FakeBackend::onHost));
  }

  @Override
  public PairSums sum(MapPlan plan) {
    return host.sum(plan.on(FakeBackend::onHost));
  }

  private static Elements onHost(Elements elements) {
    return elements.device() instanceof Memory memory
        ? Elements.of(memory.bytes, elements.type())
        : elements;
  }

  private static boolean isShort(Batch batch) {
    return batch.count() > 0 && batch.length(0) >= 3 && batch.length(0) <= 20;
  }

  private void refuse(Batch batch) {
    if (isShort(batch) && batch.type() == ElementType.F32) {
      throw new DeviceException(DeviceException.Fault.FAILED, name + ": went away", null);
    }
    if (isShort(batch) && batch.type() == ElementType.BF16) {
      throw new NoClassDefFoundError("org/fake/Missing");
    }
    boolean columns = batch.count() > 1 && batch.length(0) > 1 && batch.layout().start(1) == 1;
    if (columns && batch.type() == ElementType.BF16) {
      throw new UnsupportedOperationException(name + " knows no columns of BF16");
    }
  }

  private static void spoil(Plan plan, Primitive primitive, IntFunction<double[]> parts) {
    int k = plan.primitives().indexOf(primitive);
    if (k >= 0) {
      parts.apply(k)[0] = Math.nextUp(parts.apply(k)[0]);
    }
  }

  private PlanResult fromDevice(Plan plan) {
    PlanResult result = new PlanResult(plan, name);
    for (int i = 0; i < plan.count(); i++) {
      double[] vector = read(plan.batch(), i);
      for (int k = 0; k < plan.primitives().size(); k++) {
        Primitive primitive = plan.primitives().get(k);
        ReferenceOrder.Sum sum =
            ReferenceOrder.reduce(primitive, plan.batch().type(), vector, plan.scale(i));
        result.hi(k)[i] = sum.hi();
        if (primitive.isSum()) {
          result.lo(k)[i] = sum.lo();
        }
      }
    }
    return result;
  }

  private static double[] read(Batch batch, int i) {
    double[] vector = new double[(int) batch.length(i)];
    long start = batch.layout().start(i);
    for (int j = 0; j < vector.length; j++) {
      vector[j] = batch.elements().get(start + batch.layout().elements(i).offset(j));
    }
    return vector;
  }

  @Override
  public Optional<DeviceMemory> upload(MemorySegment from) {
    MemorySegment copy = MemorySegment.ofArray(new byte[Math.toIntExact(from.byteSize())]);
    copy.copyFrom(from);
    return Optional.of(new Memory(this, copy));
  }

  private record Memory(FakeBackend owner, MemorySegment bytes) implements DeviceMemory {
    @Override
    public long byteSize() {
      return bytes.byteSize();
    }

    @Override
    public void read(long offset, MemorySegment to) {
      to.copyFrom(bytes.asSlice(offset, to.byteSize()));
    }

    @Override
    public void close() {}
  }

  @Override
  public void close() {
    host.close();
  }
}
