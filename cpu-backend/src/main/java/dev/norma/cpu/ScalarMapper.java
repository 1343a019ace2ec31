package dev.norma.cpu;

import static dev.norma.cpu.ChunkFold.CHUNK;
import static dev.norma.cpu.ChunkFold.LANES;

import dev.norma.spi.MapPlan;
import dev.norma.spi.PairSums;

/** Writes or sums functions of the elements of one vector after the other; used by one thread. */
final class ScalarMapper {
  private final MapPlan plan;
  private final ElementReader reader = new ElementReader();
  private final ElementWriter writer = new ElementWriter();
  private final double[] x = new double[CHUNK];
  private final double[] second = new double[CHUNK];
  private final Lanes lanes = new Lanes(true);
  private final ChunkFold fold = ChunkFold.ofPairs();

  ScalarMapper(MapPlan plan) {
    this.plan = plan;
  }

  /** Writes the values of all vectors. */
  static void writeAll(MapPlan plan, Workers workers) {
    new Tasks(plan.batches(), workers)
        .run(
            range -> {
              ScalarMapper mapper = new ScalarMapper(plan);
              for (int vector = range.from(); vector < range.to(); vector++) {
                mapper.write(vector);
              }
            });
  }

  /** Sums the values of all vectors. */
  static PairSums sumAll(MapPlan plan, Workers workers) {
    PairSums sums = new PairSums(plan.count());
    new Tasks(plan.batches(), workers)
        .run(
            range -> {
              ScalarMapper mapper = new ScalarMapper(plan);
              for (int vector = range.from(); vector < range.to(); vector++) {
                mapper.sum(vector, sums);
              }
            });
    return sums;
  }

  private void write(int vector) {
    ScalarMap map = new ScalarMap(plan, vector);
    long length = plan.x().layout().length(vector);
    for (long from = 0; from < length; from += CHUNK) {
      write(map, vector, from, (int) Math.min(CHUNK, length - from));
    }
  }

  private void write(ScalarMap map, int vector, long from, int n) {
    read(vector, from, n);
    for (int i = 0; i < n; i++) {
      x[i] = map.of(x[i], second[i]);
    }
    if (plan.adds()) {
      reader.read(plan.out(), vector, from, n, second);
      for (int i = 0; i < n; i++) {
        x[i] += second[i];
      }
    }
    writer.write(x, n, plan.out(), vector, from);
  }

  private void read(int vector, long from, int n) {
    reader.read(plan.x(), vector, from, n, x);
    if (plan.second() != null) {
      reader.read(plan.second(), vector, from, n, second);
    }
  }

  private void sum(int vector, PairSums sums) {
    ScalarMap map = new ScalarMap(plan, vector);
    long length = plan.x().layout().length(vector);
    for (long from = 0; from < length; from += CHUNK) {
      int n = (int) Math.min(CHUNK, length - from);
      sumChunk(map, vector, from, n);
      fold.add(lanes.hi(), lanes.lo());
    }
    fold.finish();
    sums.hi()[vector] = fold.hi();
    sums.lo()[vector] = fold.lo();
  }

  private void sumChunk(ScalarMap map, int vector, long from, int n) {
    read(vector, from, n);
    boolean products = plan.second() != null;
    for (int i = 0; i < n; i++) {
      double value = map.of(x[i], 0);
      double product = products ? value * second[i] : value;
      double error = products ? Math.fma(value, second[i], -product) : 0;
      lanes.addTerm(i % LANES, product, error);
    }
    lanes.fold();
  }
}
