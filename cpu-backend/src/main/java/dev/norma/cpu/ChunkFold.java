package dev.norma.cpu;

import dev.norma.ElementType;
import dev.norma.spi.Primitive;

/**
 * Folds what was reduced of each chunk of a vector, in the order of the chunks, into what holds for
 * all of it. Used by one thread, for one vector after the other.
 */
abstract class ChunkFold {
  /** So many consecutive elements are a chunk. */
  static final int CHUNK = 4096;

  /** So many running sums a chunk has. */
  static final int LANES = 32;

  /** Returns the fold of a primitive. */
  static ChunkFold of(Primitive primitive, ElementType type) {
    return switch (primitive.kind()) {
      case ABS_SUM, SQUARE_SUM, POW_SUM -> new Sum(primitive.compensated(type));
      case NONZERO_COUNT ->
          new Simple(0) {
            @Override
            double apply(double a, double b) {
              return a + b;
            }
          };
      case ABS_MAX ->
          new Simple(0) {
            @Override
            double apply(double a, double b) {
              return Math.max(a, b);
            }
          };
      case ABS_MIN ->
          new Simple(Double.POSITIVE_INFINITY) {
            @Override
            double apply(double a, double b) {
              return Math.min(a, b);
            }
          };
    };
  }

  /** Returns the fold of sums that are pairs. */
  static ChunkFold ofPairs() {
    return new Sum(true);
  }

  /** Takes the next chunk. */
  abstract void add(double hi, double lo);

  /** Folds what is left and starts anew; {@link #hi} and {@link #lo} tell the result. */
  abstract void finish();

  abstract double hi();

  abstract double lo();

  /** Counts and extremes: any order gives the same. */
  private abstract static class Simple extends ChunkFold {
    private final double neutral;
    private double value;
    private double result;

    Simple(double neutral) {
      this.neutral = neutral;
      this.value = neutral;
    }

    abstract double apply(double a, double b);

    @Override
    void add(double hi, double lo) {
      value = apply(value, hi);
    }

    @Override
    void finish() {
      result = value;
      value = neutral;
    }

    @Override
    double hi() {
      return result;
    }

    @Override
    double lo() {
      return 0;
    }
  }

  /** Sums: the chunk sums are terms of a sequence that is itself cut into chunks, and so on. */
  private static final class Sum extends ChunkFold {
    private final Lanes lanes;
    private Sum next;
    private int count;
    private double hi;
    private double lo;

    Sum(boolean compensated) {
      lanes = new Lanes(compensated);
    }

    @Override
    void add(double termHi, double termLo) {
      lanes.add(count % LANES, termHi, termLo);
      if (++count == CHUNK) {
        carry();
      }
    }

    private void carry() {
      if (next == null) {
        next = new Sum(lanes.compensated());
      }
      lanes.fold();
      next.add(lanes.hi(), lanes.lo());
      count = 0;
    }

    @Override
    void finish() {
      if (next == null || next.isEmpty()) {
        lanes.fold();
        hi = lanes.hi();
        lo = lanes.lo();
        count = 0;
        return;
      }
      if (count > 0) {
        carry();
      }
      next.finish();
      hi = next.hi;
      lo = next.lo;
    }

    private boolean isEmpty() {
      return count == 0 && (next == null || next.isEmpty());
    }

    @Override
    double hi() {
      return hi;
    }

    @Override
    double lo() {
      return lo;
    }
  }
}
