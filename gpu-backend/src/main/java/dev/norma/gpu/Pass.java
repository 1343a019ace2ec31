package dev.norma.gpu;

import dev.norma.ElementType;
import dev.norma.kernels.Program;
import dev.norma.spi.Plan;
import dev.norma.spi.PlanResult;
import dev.norma.spi.Primitive;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One pass of a plan over its elements. The primitives that are bound by memory share one; every
 * sum of powers, bound by arithmetic, has its own.
 *
 * @param reduction what the kernels reduce
 * @param exponent the p of a sum of powers
 * @param type the type of the elements
 * @param primitives which primitives of the plan it computes, by their numbers
 */
record Pass(Reduction reduction, double exponent, ElementType type, List<Integer> primitives)
    implements Folded {
  static List<Pass> of(Plan plan) {
    List<Primitive> all = plan.primitives();
    List<Integer> light = new ArrayList<>();
    List<Pass> passes = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).kind() == Primitive.Kind.POW_SUM) {
        double p = all.get(i).exponent();
        passes.add(new Pass(Reduction.POW_SUM, p, plan.batch().type(), List.of(i)));
      } else {
        light.add(i);
      }
    }
    if (!light.isEmpty()) {
      boolean one = light.size() == 1;
      Reduction reduction = one ? Reduction.of(all.get(light.get(0))) : Reduction.SEVERAL;
      passes.add(0, new Pass(reduction, 0, plan.batch().type(), light));
    }
    return passes;
  }

  @Override
  public Program program() {
    return new Program(type.name().toLowerCase(Locale.ROOT), reduction.header());
  }

  @Override
  public boolean stagesRows(boolean cpu) {
    return reduction.stagesRows(cpu);
  }

  @Override
  public boolean pairsRows() {
    return reduction.pairsRows();
  }

  @Override
  public int elementBytes() {
    return type.bytes();
  }

  @Override
  public int slots() {
    return reduction.slots(type);
  }

  /** Reads the states of all vectors, word k of vector v at {@code k * count + v}. */
  void read(Plan plan, MemorySegment words, PlanResult into) {
    for (int primitive : primitives) {
      read(plan, plan.primitives().get(primitive), words, into.hi(primitive), into.lo(primitive));
    }
  }

  private void read(Plan plan, Primitive primitive, MemorySegment words, double[] hi, double[] lo) {
    Reduction single = Reduction.of(primitive);
    long count = plan.count();
    long slot = reduction.slotOf(single, type) * count;
    for (int v = 0; v < count; v++) {
      hi[v] = single.number(words.getAtIndex(ValueLayout.JAVA_LONG, slot + v), type);
    }
    if (primitive.compensated(type)) {
      MemorySegment.copy(
          words, ValueLayout.JAVA_DOUBLE, (slot + count) * Double.BYTES, lo, 0, (int) count);
    }
  }
}
