package dev.norma.conformance;

import dev.norma.ElementType;
import dev.norma.spi.Primitive;
import java.util.Arrays;

/**
 * The canonical order of additions written down once more, as plainly as it can be and with nothing
 * in common with any backend: every backend must return these bits. Slow.
 *
 * <p>Terms are cut into chunks of 4096. In a chunk lane j of 32 adds the terms with index ≡ j (mod
 * 32) in increasing order, then lanes are folded with s = 16, 8, 4, 2, 1: lane j takes lane j + s
 * for j &lt; s. The sums of the chunks are summed by the same rule, until one is left.
 */
public final class ReferenceOrder {
  private static final int CHUNK = 4096;
  private static final int LANES = 32;

  private final Primitive primitive;
  private final boolean compensated;
  private final double scale;
  private final ReferencePower power;

  /**
   * What a primitive comes to.
   *
   * @param hi the leading part
   * @param lo the trailing part
   */
  public record Sum(double hi, double lo) {}

  /** Adds the term with an index to a lane. */
  private interface Adder {
    Sum add(Sum lane, int index);
  }

  private ReferenceOrder(Primitive primitive, ElementType type, double scale) {
    this.primitive = primitive;
    this.compensated = primitive.kind() == Primitive.Kind.POW_SUM || type == ElementType.F64;
    this.scale = scale;
    this.power =
        primitive.kind() == Primitive.Kind.POW_SUM
            ? new ReferencePower(primitive.exponent(), scale)
            : null;
  }

  /**
   * Reduces one vector.
   *
   * @param type what the elements were before they were widened
   * @param scale what |x| is divided by in sums; 1 where the plan has no scales
   */
  public static Sum reduce(Primitive primitive, ElementType type, double[] vector, double scale) {
    return switch (primitive.kind()) {
      case NONZERO_COUNT -> new Sum(count(vector), 0);
      case ABS_MAX -> new Sum(extreme(vector, 0, true), 0);
      case ABS_MIN -> new Sum(extreme(vector, Double.POSITIVE_INFINITY, false), 0);
      case ABS_SUM, SQUARE_SUM, POW_SUM -> new ReferenceOrder(primitive, type, scale).sum(vector);
    };
  }

  private static long count(double[] vector) {
    long count = 0;
    for (double x : vector) {
      count += x == 0 ? 0 : 1;
    }
    return count;
  }

  private static double extreme(double[] vector, double neutral, boolean largest) {
    double extreme = neutral;
    for (double x : vector) {
      extreme = largest ? Math.max(extreme, Math.abs(x)) : Math.min(extreme, Math.abs(x));
    }
    return extreme;
  }

  /** Adds terms (u, v) as pairs, whatever the type. */
  static Sum ofTerms(Sum[] terms) {
    ReferenceOrder pairs = new ReferenceOrder(Primitive.ABS_SUM, ElementType.F64, 1);
    return pairs.sum(terms.length, (lane, i) -> pairs.addTerm(lane, terms[i]));
  }

  private Sum sum(double[] vector) {
    return sum(vector.length, (lane, i) -> addElement(lane, Math.abs(vector[i])));
  }

  private Sum sum(int length, Adder adder) {
    Sum[] sums = chunks(length, adder);
    while (sums.length > 1) {
      Sum[] terms = sums;
      sums = chunks(terms.length, (lane, i) -> addSum(lane, terms[i]));
    }
    return sums.length == 0 ? new Sum(0, 0) : sums[0];
  }

  private Sum[] chunks(int terms, Adder adder) {
    Sum[] sums = new Sum[(terms + CHUNK - 1) / CHUNK];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = chunk(i * CHUNK, Math.min(CHUNK, terms - i * CHUNK), adder);
    }
    return sums;
  }

  private Sum chunk(int from, int terms, Adder adder) {
    Sum[] lanes = new Sum[LANES];
    Arrays.fill(lanes, new Sum(0, 0));
    for (int i = 0; i < terms; i++) {
      lanes[i % LANES] = adder.add(lanes[i % LANES], from + i);
    }
    for (int s = LANES / 2; s > 0; s /= 2) {
      for (int j = 0; j < s; j++) {
        lanes[j] = addSum(lanes[j], lanes[j + s]);
      }
    }
    return lanes[0];
  }

  private Sum addElement(Sum lane, double absX) {
    return switch (primitive.kind()) {
      case ABS_SUM -> addTerm(lane, new Sum(absX * (1 / scale), 0));
      case SQUARE_SUM -> addSquare(lane, absX * (1 / scale));
      default -> addTerm(lane, power.term(absX));
    };
  }

  private Sum addSquare(Sum lane, double x) {
    double square = x * x;
    return addTerm(lane, new Sum(square, Math.fma(x, x, -square)));
  }

  private Sum addTerm(Sum lane, Sum term) {
    double sum = lane.hi + term.hi;
    return new Sum(sum, compensated ? lane.lo + (error(lane.hi, term.hi, sum) + term.lo) : 0);
  }

  private Sum addSum(Sum lane, Sum other) {
    double sum = lane.hi + other.hi;
    double lo = (lane.lo + other.lo) + error(lane.hi, other.hi, sum);
    return new Sum(sum, compensated ? lo : 0);
  }

  /** Returns what was lost in a + b = sum: Knuth's TwoSum. */
  static double error(double a, double b, double sum) {
    double bb = sum - a;
    return (a - (sum - bb)) + (b - bb);
  }
}
