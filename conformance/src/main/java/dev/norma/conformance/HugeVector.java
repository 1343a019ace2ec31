package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.Norm;
import dev.norma.Norma;
import dev.norma.spi.Plan;
import dev.norma.spi.Primitive;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** More than 2^31 elements, 4.3 GB: run with {@code -Dnorma.conformance.huge=true}. */
interface HugeVector extends Conformance {
  /** So many elements that their number does not fit an int. */
  long LENGTH = (1L << 31) + 5;

  /** 1 as a bfloat16. */
  short ONE = 0x3F80;

  /** Puts a few numbers first, last, and where an int would wrap around, among zeros. */
  @Test
  @EnabledIfSystemProperty(named = "norma.conformance.huge", matches = "true")
  default void beyondIntPositions() {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment memory = arena.allocate(LENGTH * Short.BYTES, 64);
      long[] places = {0, Integer.MAX_VALUE, 1L << 31, LENGTH - 1};
      for (long place : places) {
        memory.set(ValueLayout.JAVA_SHORT, place * Short.BYTES, ONE);
      }
      Elements elements = Elements.of(memory, ElementType.BF16);
      check(Batch.of(elements), 4);
      check(Batch.columns(elements, LENGTH, 1), 4);
      check(Batch.rows(elements, LENGTH - 6, 2, 3, 3), 3);
      check(Batch.ragged(elements, new long[] {0, 1, LENGTH - 1, LENGTH}), 4);
      memory.fill((byte) 0x3F); // 0.74609375 throughout
      Batch full = Batch.of(elements);
      double largest = subject().norma().norm(Norm.LINF, full);
      assertEquals(LENGTH, subject().norma().norm(Norm.L0, full), "L0");
      assertEquals(LENGTH * largest, subject().norma().norm(Norm.L1, full), "L1");
    }
  }

  private void check(Batch batch, double ones) {
    Norma norma = subject().norma();
    double sum = 0;
    for (Norm norm : List.of(Norm.L0, Norm.L1, Norm.SQUARED_L2)) {
      sum = 0;
      for (double part : norma.norms(norm, batch)) {
        sum += part;
      }
      assertEquals(ones, sum, () -> "L" + norm + " of " + batch);
    }
    LongAdder progress = new LongAdder();
    subject().backend().run(new Plan(batch, List.of(Primitive.ABS_SUM), null, progress));
    long elements = 0;
    for (long i = 0; i < batch.count(); i++) {
      elements += batch.length(i);
    }
    assertEquals(elements, progress.sum(), () -> "progress of " + batch);
  }
}
