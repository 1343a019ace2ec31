package dev.norma.kernels;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A program of this machine that a test needs. */
final class Tool {
  private static final boolean MUST_RUN = "1".equals(System.getenv("NORMA_REQUIRE_CUDA"));

  /** What a program printed, on both streams, and how it ended. */
  record Outcome(int status, String text) {}

  private final String name;

  private Tool(String name) {
    this.name = name;
  }

  /** Finds a program; without it the test says that it did not run. */
  static Tool find(String name) {
    boolean there =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
    if (!there) {
      System.out.println("PTX was not checked: there is no " + name);
    }
    assumeTrue(there, () -> "there is no " + name);
    return new Tool(name);
  }

  /** Finds a program which has to be there where the environment says so. */
  static Tool require(String name) {
    try {
      return find(name);
    } catch (RuntimeException e) {
      assertNotEquals(true, MUST_RUN, e.getMessage());
      throw e;
    }
  }

  /** Runs the program to its end. */
  Outcome run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = Stream.concat(Stream.of(name), arguments.stream()).toList();
    Path output = Files.createTempFile("norma-tool", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      return new Outcome(process.waitFor(), Files.readString(output));
    } finally {
      Files.delete(output);
    }
  }
}
