package dev.norma.conformance;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Elements;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.BiConsumer;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;

/**
 * One case that every backend is held to: vectors, and how they lie in memory.
 *
 * @param name what the case is about, without the rest of the record
 * @param type the type of the elements
 * @param placement how the vectors lie
 * @param memory what they lie in
 * @param vectors makes the vectors, of numbers of the type; at least one
 */
public record Case(
    String name,
    ElementType type,
    Placement placement,
    Memory memory,
    Supplier<double[][]> vectors) {

  /**
   * Puts the vectors into memory, everything between and behind them NaN, hands the view and the
   * vectors over, and releases the memory.
   */
  public void use(BiConsumer<Batch, double[][]> user) {
    double[][] values = vectors.get();
    long extent = placement.extent(values);
    try (Arena arena = memory == Memory.CONFINED ? Arena.ofConfined() : Arena.ofShared()) {
      Elements elements =
          memory.fill(type, extent, arena, segment -> write(values, extent, segment));
      user.accept(placement.view(elements, values), values);
    }
  }

  private void write(double[][] values, long extent, MemorySegment segment) {
    Format format = Format.of(type);
    for (long at = 0; at < extent; at++) {
      format.write(segment, at, Double.NaN);
    }
    for (int i = 0; i < values.length; i++) {
      IntToLongFunction positions = placement.positions(values, i);
      for (int j = 0; j < values[i].length; j++) {
        format.write(segment, positions.applyAsLong(j), values[i][j]);
      }
    }
  }

  @Override
  public String toString() {
    return name + ", " + type + ", " + placement + " in " + memory;
  }
}
