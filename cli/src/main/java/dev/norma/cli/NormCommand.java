package dev.norma.cli;

import dev.norma.Norma;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code norma norm}: reads the words of the call, then answers one FILE after the other. */
@Command(
    name = "norm",
    description = "Computes norms of the vectors or matrices in .npy files.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  norma norm a.npy                          the L2 norm of all elements",
      "  norma norm --axis 1 --ord 1,2,inf a.npy   three norms of each row",
      "  norma norm --axis 0,1 --ord fro,1 a.npy   two norms of a matrix",
      "  norma norm --axis -1 --format json a.npy b.npy",
      "  norma norm --axis -1 --ord -inf -o smallest.npy a.npy",
      "",
      "Environment:",
      "  NORMA_THREADS   so many threads compute; the results do not depend on it",
      "",
      "Exit codes:",
      "  " + Main.DONE + "   done",
      "  " + Main.FAILED + "   a file or a device failed",
      "  " + Main.USAGE + "   the words of the call are off"
    })
final class NormCommand implements Callable<Integer> {
  /** The backends that most machines could have, to be completed by the shell. */
  static final class BackendNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("auto", "cpu", "cpu-simd", "cpu-scalar", "opencl", "cuda").iterator();
    }
  }

  private final Writer stdout;
  private final PrintStream err;

  @Spec private CommandSpec spec;

  @Option(
      names = "--ord",
      paramLabel = "ORD[,ORD...]",
      description = {
        "Norms of vectors: any real number, inf, -inf, sq2 (the squared L2 norm); default 2.",
        "Norms of matrices (two axes): fro, 1, -1, inf, -inf as in numpy, max and sum of the"
            + " absolute values, l21 (the sum of the columns' L2 norms); default fro."
      })
  private String ord;

  @Option(
      names = "--axis",
      paramLabel = "AXIS",
      defaultValue = "none",
      description = {
        "none (default): the whole array is one vector. K: the vectors along one axis. K,L: the"
            + " matrices of two axes, rows first. Negatives count from the end."
      })
  private String axis;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      completionCandidates = BackendNames.class,
      description =
          "${COMPLETION-CANDIDATES}, or a device such as opencl:0; default auto, the best one.")
  private String backend;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      converter = Format.Converter.class,
      description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
  private Format format;

  @Option(
      names = "-o",
      paramLabel = "OUT.npy",
      description = "Writes the norms to a file and prints nothing; for one ord and one FILE.")
  private Path out;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files in numpy's format .npy.")
  private List<String> files;

  NormCommand(Writer stdout, PrintStream err) {
    this.stdout = stdout;
    this.err = err;
  }

  @Override
  public Integer call() throws IOException {
    Query query = Words.checked(spec, this::query);
    try (Norma norma = open()) {
      return answerAll(new Norms(norma, query, err));
    }
  }

  private Norma open() {
    return Words.checked(spec, () -> backend == null ? Norma.open() : Norma.open(backend));
  }

  private Query query() {
    Query query = Query.parse(ord, axis);
    if (out != null && (query.ords().size() != 1 || files.size() != 1)) {
      throw new IllegalArgumentException(
          "-o takes one ord and one FILE, not %d and %d"
              .formatted(query.ords().size(), files.size()));
    }
    return query;
  }

  private int answerAll(Norms norms) throws IOException {
    if (out != null) {
      return norms.write(files.get(0), out) ? Main.DONE : Main.FAILED;
    }
    Printer printer = format.printer(stdout);
    printer.begin();
    int code = Main.DONE;
    for (String file : files) {
      Optional<Answer> answer = norms.answer(file);
      if (answer.isPresent()) {
        printer.print(answer.get());
      } else {
        code = Main.FAILED;
      }
    }
    return code;
  }
}
