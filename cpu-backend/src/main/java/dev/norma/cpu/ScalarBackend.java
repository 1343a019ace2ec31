package dev.norma.cpu;

import static dev.norma.cpu.ChunkFold.CHUNK;
import static dev.norma.cpu.ChunkFold.LANES;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.spi.Backend;
import dev.norma.spi.DoubleDouble;
import dev.norma.spi.MapPlan;
import dev.norma.spi.PairSums;
import dev.norma.spi.Plan;
import dev.norma.spi.PlanResult;
import dev.norma.spi.PowerTerm;
import dev.norma.spi.Primitive;
import dev.norma.spi.Steps;
import java.util.List;

/** The numeric contract in readable code: what all other backends equal to the last bit. */
final class ScalarBackend implements Backend {
  static final String NAME = "cpu-scalar";

  private final Workers workers;
  private final ScalarBackend serial;

  ScalarBackend(Workers workers) {
    this.workers = workers;
    this.serial = workers.threads() == 1 ? this : new ScalarBackend(new Workers(1));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public PlanResult run(Plan plan) {
    PlanResult result = new PlanResult(plan, NAME);
    new Tasks(plan.batch(), workers)
        .run(
            range -> {
              Reducer reducer = new Reducer(plan, result);
              for (int vector = range.from(); vector < range.to(); vector++) {
                reducer.vector(vector);
              }
            });
    return result;
  }

  @Override
  public void map(MapPlan plan) {
    ScalarMapper.writeAll(plan, workers);
  }

  @Override
  public PairSums sum(MapPlan plan) {
    return ScalarMapper.sumAll(plan, workers);
  }

  @Override
  public void inBlocks(List<Batch> batches, Steps steps) {
    Blocks.run(batches, steps, workers, this, serial);
  }

  @Override
  public void inParallel(int count, Steps steps) {
    workers.run(count, number -> steps.run(serial, number, number + 1));
  }

  @Override
  public void close() {
    workers.close();
    if (serial != this) {
      serial.close();
    }
  }

  /** Reduces one vector after the other. */
  private static final class Reducer {
    private final Plan plan;
    private final Batch batch;
    private final PlanResult result;
    private final ElementReader reader = new ElementReader();
    private final double[] chunk = new double[CHUNK];
    private final ChunkFold[] folds;
    private final Lanes[] lanes;

    Reducer(Plan plan, PlanResult result) {
      this.plan = plan;
      this.batch = plan.batch();
      this.result = result;
      ElementType type = batch.type();
      folds = plan.primitives().stream().map(p -> ChunkFold.of(p, type)).toArray(ChunkFold[]::new);
      lanes =
          plan.primitives().stream().map(p -> new Lanes(p.compensated(type))).toArray(Lanes[]::new);
    }

    void vector(int vector) {
      long length = batch.layout().length(vector);
      for (long from = 0; from < length; from += CHUNK) {
        int n = (int) Math.min(CHUNK, length - from);
        reader.read(batch, vector, from, n, chunk);
        for (int i = 0; i < folds.length; i++) {
          reduceChunk(plan.primitives().get(i), plan.scale(vector), n, lanes[i], folds[i]);
        }
      }
      for (int i = 0; i < folds.length; i++) {
        folds[i].finish();
        result.hi(i)[vector] = folds[i].hi();
        if (plan.primitives().get(i).isSum()) {
          result.lo(i)[vector] = folds[i].lo();
        }
      }
      plan.progress().add(length);
    }

    private void reduceChunk(
        Primitive primitive, double scale, int n, Lanes lanes, ChunkFold fold) {
      switch (primitive.kind()) {
        case ABS_SUM -> absSum(1 / scale, n, lanes);
        case SQUARE_SUM -> squareSum(1 / scale, n, lanes);
        case POW_SUM -> powSum(new PowerTerm(primitive.exponent(), scale), n, lanes);
        case NONZERO_COUNT -> fold.add(nonzeroCount(n), 0);
        case ABS_MAX -> fold.add(absMax(n), 0);
        case ABS_MIN -> fold.add(absMin(n), 0);
      }
      if (primitive.isSum()) {
        lanes.fold();
        fold.add(lanes.hi(), lanes.lo());
      }
    }

    private void absSum(double factor, int n, Lanes lanes) {
      for (int i = 0; i < n; i++) {
        lanes.addTerm(i % LANES, Math.abs(chunk[i] * factor), 0);
      }
    }

    private void squareSum(double factor, int n, Lanes lanes) {
      for (int i = 0; i < n; i++) {
        double x = chunk[i] * factor;
        double square = x * x;
        lanes.addTerm(i % LANES, square, Math.fma(x, x, -square));
      }
    }

    private void powSum(PowerTerm term, int n, Lanes lanes) {
      for (int i = 0; i < n; i++) {
        DoubleDouble power = term.of(Math.abs(chunk[i]));
        lanes.addTerm(i % LANES, power.hi(), power.lo());
      }
    }

    private double nonzeroCount(int n) {
      double count = 0;
      for (int i = 0; i < n; i++) {
        count += chunk[i] != 0 ? 1 : 0;
      }
      return count;
    }

    private double absMax(int n) {
      double max = 0;
      for (int i = 0; i < n; i++) {
        max = Math.max(max, Math.abs(chunk[i])); // of a number and NaN, max is NaN
      }
      return max;
    }

    private double absMin(int n) {
      double min = Double.POSITIVE_INFINITY;
      for (int i = 0; i < n; i++) {
        min = Math.min(min, Math.abs(chunk[i]));
      }
      return min;
    }
  }
}
