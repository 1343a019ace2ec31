package dev.norma.gpu.opencl;

import dev.norma.gpu.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a program of the tests where the only device, {@code opencl:0}, is oclgrind: a simulator
 * that sees data races, uses of memory that nobody wrote to, accesses out of bounds and misuse of
 * the API, and that counts instructions. It works as a driver, in a Java of its own, as its own
 * launcher makes Java crash; with one thread, as it knows no other; and so slowly that only small
 * shapes are of use.
 */
public final class OclgrindRun {
  private static final List<Path> DRIVERS =
      List.of(
          Path.of("/usr/lib/oclgrind/liboclgrind-rt-icd.so"),
          Path.of("/usr/local/lib/oclgrind/liboclgrind-rt-icd.so"));

  /** Stands, with what follows, on standard error and not in the log. */
  private static final String MISUSE = "Oclgrind - OpenCL runtime error detected";

  private OclgrindRun() {}

  /** Returns why oclgrind cannot be used, if it cannot. */
  public static Optional<String> missing() {
    return driver().isPresent()
        ? Optional.empty()
        : Optional.of("there is no oclgrind; install it (on Debian: oclgrind)");
  }

  private static Optional<Path> driver() {
    return DRIVERS.stream().filter(Files::exists).findFirst();
  }

  /**
   * Runs a program, which must end with code 0.
   *
   * @return what oclgrind reported: nothing, if all is well
   */
  public static String report(Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    // Optimised code permutes vectors and leaves open what parts that nobody needs shall hold; the
    // check for what is not initialised does not know that and crashes.
    Map<String, String> checks =
        Map.of(
            "OCLGRIND_DATA_RACES",
            "1",
            "OCLGRIND_UNINITIALIZED",
            "1",
            "OCLGRIND_CHECK_API",
            "1",
            "OCLGRIND_BUILD_OPTIONS",
            "-cl-opt-disable");
    Output output = run(checks, program, arguments);
    return output.log + (output.printed.contains(MISUSE) ? output.printed : "");
  }

  /**
   * Runs a program, which must end with code 0.
   *
   * @return the lines that it printed, and behind what it printed before each launch of a kernel,
   *     the instructions that were executed and the bytes that they moved
   */
  public static List<String> counts(Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    Map<String, String> settings = Map.of("OCLGRIND_INST_COUNTS", "1", "LC_ALL", "C");
    return run(settings, program, arguments).printed.lines().toList();
  }

  /** What was written to standard output and standard error, and to oclgrind's log. */
  private record Output(String printed, String log) {}

  private static Output run(Map<String, String> settings, Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("norma-oclgrind");
    Path log = directory.resolve("oclgrind.log");
    Path icd = directory.resolve("oclgrind.icd");
    try {
      Files.writeString(icd, driver().orElseThrow().toString());
      ChildJvm jvm =
          ChildJvm.allowed()
              .with("OCL_ICD_VENDORS", directory.toString())
              .with("OCLGRIND_LOG", log.toString());
      settings.forEach(jvm::with);
      String printed = run(jvm, program, arguments);
      return new Output(printed, Files.readString(log));
    } finally {
      Files.deleteIfExists(log);
      Files.deleteIfExists(icd);
      Files.delete(directory);
    }
  }

  private static String run(ChildJvm jvm, Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    ChildJvm.Result result = jvm.run(program, arguments);
    if (result.code() != 0) {
      throw new AssertionError(
          program.getSimpleName() + " ended with code " + result.code() + ":\n" + result.output());
    }
    return result.output();
  }
}
