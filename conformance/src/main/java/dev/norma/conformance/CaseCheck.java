package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.norma.Batch;
import dev.norma.DeviceBatch;
import dev.norma.ElementType;
import dev.norma.Norm;
import dev.norma.NormResults;
import dev.norma.Norma;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;

/** Everything that is checked of a backend in one case. */
final class CaseCheck {
  /** A NaN of our own: what stands around the results must be left alone. */
  private static final double CANARY = Double.longBitsToDouble(0x7FF8_C0FF_EE00_0001L);

  private static final int BEFORE = 3;

  /** General powers are computed exactly of so many vectors, not longer than this. */
  private static final int POWERS = 4;

  private static final int LONGEST_POWER = 130;

  /** Of pairs all are, and of long vectors one in whole powers. */
  private static final int PAIR = 2;

  private static final int LONGEST_WHOLE_POWER = 5000;

  private final Subject subject;
  private final String name;
  private final Batch batch;
  private final double[][] vectors;

  private CaseCheck(Subject subject, String name, Batch batch, double[][] vectors) {
    this.subject = subject;
    this.name = name;
    this.batch = batch;
    this.vectors = vectors;
  }

  /** Runs a case. */
  static void run(Subject subject, Case what) {
    what.use((batch, vectors) -> run(subject, what.toString(), batch, vectors, Norms.ALL));
  }

  /** Checks the given norms of a batch, of which the vectors are known. */
  static void run(Subject subject, String name, Batch batch, double[][] vectors, List<Norm> norms) {
    CaseCheck check = new CaseCheck(subject, name, batch, vectors);
    Unsupported.unlessRefused(subject.norma().backend(), name, () -> check.all(norms));
  }

  private void all(List<Norm> norms) {
    shape();
    NormResults<Norm> results = subject.norma().norms(norms, batch);
    for (Norm norm : norms) {
      alone(norm, results.of(norm));
      sliced(norm, results.of(norm));
    }
    uploaded(results);
    canaries(norms.get(0), results.of(norms.get(0)));
    canaries(norms.get(norms.size() - 1), results.of(norms.get(norms.size() - 1)));
    subject.peer().ifPresent(peer -> peer(peer, results));
    new OrderCheck(subject.backend(), name, batch, vectors).run(norms);
    reference(results);
    bounds(results);
  }

  private void shape() {
    assertEquals(vectors.length, batch.count(), () -> name + ": count");
    for (int i = 0; i < vectors.length; i++) {
      assertEquals(vectors[i].length, batch.length(i), () -> name + ": length of a vector");
    }
  }

  private void alone(Norm norm, double[] expected) {
    double[] actual = subject.norma().norms(norm, batch);
    Bits.assertSame(expected, actual, () -> name + ": L" + norm + " alone and beside others");
  }

  private void sliced(Norm norm, double[] whole) {
    int from = whole.length / 3;
    int to = whole.length - whole.length / 4;
    double[] actual = subject.norma().norms(norm, batch.slice(from, to));
    double[] expected = Arrays.copyOfRange(whole, from, to);
    Bits.assertSame(expected, actual, () -> name + ": L" + norm + " of slice from " + from);
  }

  private void uploaded(NormResults<Norm> results) {
    try (DeviceBatch copy = subject.norma().upload(batch)) {
      NormResults<Norm> actual = subject.norma().norms(results.norms(), copy);
      for (Norm norm : results.norms()) {
        Bits.assertSame(
            results.of(norm), actual.of(norm), () -> name + ": L" + norm + " of the upload");
      }
    }
  }

  private void canaries(Norm norm, double[] expected) {
    int n = expected.length;
    double[] array = new double[BEFORE + n + 2];
    Arrays.fill(array, CANARY);
    subject.norma().norms(norm, batch, array, BEFORE);
    check(MemorySegment.ofArray(array), 0, expected, "array");
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate((BEFORE + n + 2L) * Double.BYTES + 1);
      for (int i = 0; i < array.length; i++) {
        memory.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, 1 + i * 8L, CANARY);
      }
      MemorySegment out = memory.asSlice(1 + BEFORE * 8L, n * 8L);
      subject.norma().norms(norm, batch, out);
      check(memory, 1, expected, "segment");
    }
  }

  private void check(MemorySegment memory, long at, double[] expected, String kind) {
    for (int i = -BEFORE; i < expected.length + 2; i++) {
      int place = i;
      double actual = memory.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, at + (BEFORE + i) * 8L);
      if (i >= 0 && i < expected.length) {
        Bits.assertSame(expected[i], actual, () -> name + ": result " + place + " in " + kind);
      } else {
        assertEquals(
            Double.doubleToRawLongBits(CANARY),
            Double.doubleToRawLongBits(actual),
            () -> name + ": the " + kind + " was written to at " + place + " of the results");
      }
    }
  }

  private void peer(Norma peer, NormResults<Norm> results) {
    NormResults<Norm> expected = peer.norms(results.norms(), batch);
    for (Norm norm : results.norms()) {
      Bits.assertSame(
          expected.of(norm), results.of(norm), () -> name + ": L" + norm + " of " + peer.backend());
    }
  }

  private void reference(NormResults<Norm> results) {
    for (int i = 0; i < vectors.length; i++) {
      int vector = i;
      for (Norm norm : results.norms()) {
        double expected = ReferenceNorm.of(norm, batch.type(), vectors[i]);
        Bits.assertSame(
            expected,
            results.of(norm)[i],
            () -> "L%s of %s; %s".formatted(norm, Bits.show(vectors[vector]), name));
      }
    }
  }

  private void bounds(NormResults<Norm> results) {
    ElementType type = batch.type();
    for (int i = 0; i < vectors.length; i++) {
      Exact exact = new Exact(vectors[i]);
      for (Norm norm : results.norms()) {
        if (!Norms.isPower(norm) || isCheap(norm, i)) {
          bound(norm, type, i, results.of(norm)[i], exact.norm(norm));
        }
      }
    }
  }

  /** Tells whether the oracle can be asked for a power without waiting for long. */
  private boolean isCheap(Norm norm, int vector) {
    int length = vectors[vector].length;
    boolean whole = norm.equals(Norm.lp(3)) && vector == 0;
    return length <= PAIR
        || (length <= LONGEST_POWER && vector < POWERS)
        || (length <= LONGEST_WHOLE_POWER && whole);
  }

  private void bound(Norm norm, ElementType type, int vector, double actual, Truth truth) {
    Bounds.of(norm, type)
        .complaint(actual, truth)
        .ifPresent(
            complaint ->
                fail(
                    "L%s of vector %d, %s: %s; %s"
                        .formatted(norm, vector, Bits.show(vectors[vector]), complaint, name)));
  }
}
