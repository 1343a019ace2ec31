package dev.norma.gpu.cuda;

import dev.norma.Batch;
import dev.norma.DeviceBatch;
import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.Norm;
import dev.norma.Norma;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * Something that is computed on a device, of which the kernels are counted.
 *
 * @param work what is computed
 * @param type of the elements
 * @param rows of a matrix
 * @param width of a row
 * @param vectors what is taken of it
 */
record CountedCase(CountedWork work, ElementType type, int rows, int width, Vectors vectors) {
  /** What vectors a matrix has; ragged ones are three elements shorter or longer than its rows. */
  enum Vectors {
    ROWS,
    COLUMNS,
    RAGGED
  }

  /** Longer rows are cut. */
  private static final int CHUNK = 4096;

  /** Elements of the longest rows here that a group copies. */
  private static final int LONGEST_SHORT = 64;

  /** Of a list, for each of its units, at most. */
  private static final int WORDS_OF_UNIT = 6;

  /** Elements that are not looked at, so that no other memory is as large. */
  private static final int SPARE = 29;

  /** So many elements at least. */
  private static final int SIZE = 1 << 14;

  /** Rows of a matrix of which the columns are taken: they make one chunk. */
  private static final int COLUMN_LENGTH = 512;

  /** Returns all cases: every kind of work for every type and shape. */
  static List<CountedCase> all() {
    List<CountedCase> cases = new ArrayList<>();
    for (CountedWork work : CountedWork.values()) {
      for (ElementType type : ElementType.values()) {
        for (int width : new int[] {16, 64, 768, 769, 8192}) {
          cases.add(new CountedCase(work, type, rows(width), width, Vectors.ROWS));
        }
        cases.add(new CountedCase(work, type, COLUMN_LENGTH, 768, Vectors.COLUMNS));
        cases.add(new CountedCase(work, type, rows(768), 768, Vectors.RAGGED));
      }
    }
    return cases;
  }

  /** So many that groups of 64 and of 256 threads are full. */
  private static int rows(int width) {
    return Math.max(width > CHUNK ? 16 : 32, SIZE / width);
  }

  /**
   * Returns the one kernel of interest. Of functions, some are summed before others are written.
   */
  KernelCounts main(List<KernelCounts> kernels) {
    String start = work.isFunction() ? "apply_" : "reduce_";
    return kernels.stream()
        .filter(k -> k.name().startsWith(start))
        .filter(k -> !work.isFunction() || work.writes() == writesAll(k))
        .findFirst()
        .orElseThrow();
  }

  private boolean writesAll(KernelCounts kernel) {
    return KernelCounts.SECTOR * kernel.get("distinctSectorsWritten") >= bytes();
  }

  /** Returns the bytes of all elements of a batch. */
  long bytes() {
    return elements() * type.bytes();
  }

  long elements() {
    return (long) rows * width;
  }

  /** Returns the bytes that are read of each vector besides its elements. */
  long lookedUp() {
    long count = columns() ? width : rows;
    long listed = vectors == Vectors.RAGGED ? WORDS_OF_UNIT * Long.BYTES : 0;
    long numbers = work == CountedWork.POWER ? 1 : work.coefficients;
    return (numbers * Double.BYTES + listed) * count;
  }

  /** Returns the type as the tables write it. */
  String typeName() {
    return type.name().toLowerCase(Locale.ROOT);
  }

  /** Returns the program of the kernel that is of interest: rows that are not copied are runs. */
  String program() {
    boolean copied = vectors == Vectors.ROWS && (width <= LONGEST_SHORT || shareSectors());
    boolean runs = work.hasRuns() && !columns() && !copied;
    return runs ? work.program.replaceFirst("^map_", "run_") : work.program;
  }

  /** Of rows of 769, those of two bytes, see Places. */
  private boolean shareSectors() {
    return width % 16 != 0 && type.bytes() == Short.BYTES;
  }

  boolean columns() {
    return vectors == Vectors.COLUMNS;
  }

  String shape() {
    return switch (vectors) {
      case ROWS -> "rows of " + width;
      case COLUMNS -> "columns";
      case RAGGED -> "ragged";
    };
  }

  private Batch batch(Elements elements) {
    return switch (vectors) {
      case ROWS -> Batch.rows(elements, rows, width);
      case COLUMNS -> Batch.columns(elements, rows, width);
      case RAGGED -> Batch.ragged(elements, offsets());
    };
  }

  private long[] offsets() {
    return LongStream.rangeClosed(0, rows).map(i -> i * width + 3 * (i % 2)).toArray();
  }

  private Elements numbers() {
    SplittableRandom random = new SplittableRandom(1);
    byte[] bytes = new byte[((int) elements() + SPARE) * type.bytes()];
    Elements numbers = Elements.of(MemorySegment.ofArray(bytes), type);
    for (int i = 0; i < elements(); i++) {
      numbers.set(i, random.nextDouble(-1, 1));
    }
    return numbers;
  }

  /** Computes it on data of the device and returns what was counted, most instructions first. */
  List<KernelCounts> count() {
    Elements numbers = numbers();
    try (Norma norma = Norma.open("cuda:0");
        DeviceBatch x = norma.upload(Batch.of(numbers));
        DeviceBatch other = norma.upload(Batch.of(numbers));
        DeviceBatch out = norma.upload(Batch.of(numbers))) {
      TestDriver.reset(); // what was counted before counts no more
      TestDriver.set("count", numbers.segment().byteSize());
      run(norma, batch(x.elements()), batch(other.elements()), batch(out.elements()));
      TestDriver.set("count", 0);
      return KernelCounts.read();
    }
  }

  private void run(Norma norma, Batch x, Batch other, Batch out) {
    List<Norm> norms = Arrays.stream(work.norms.split(",")).map(Norm::parse).toList();
    Norm norm = norms.getFirst();
    switch (work) {
      case HESSIAN, POWER_HESSIAN -> norma.gradients().hvp(norm, x, other, out);
      case SHRINK -> norma.transforms().prox(norm, x, 0.1, out);
      case CLAMP -> norma.transforms().project(norm, x, 0.5, out);
      case TANGENT -> norma.gradients().jvp(norm, x, other);
      case TIES -> norma.gradients().gradient(norm, x, out);
      default -> {
        if (work.writes()) {
          norma.gradients().gradient(norm, x, out);
        } else {
          norma.norms(norms, x);
        }
      }
    }
  }

  /** Such as {@code abs_sum f32 rows of 768}. */
  @Override
  public String toString() {
    return program() + " " + typeName() + " " + shape();
  }
}
