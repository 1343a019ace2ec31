package dev.norma.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Makes PTX of the sources with the one version of Clang whose output is committed. */
final class PtxCompiler {
  private static final String VERSION = "15.0.6";

  /** The target, without a toolkit, which this ignores where there is one; and no contraction. */
  private static final List<String> OPTIONS =
      List.of(
          "-x",
          "cl",
          "-cl-std=CL1.2",
          "--target=nvptx64-nvidia-cuda",
          "--cuda-path=/nonexistent",
          "-march=sm_50",
          "-Xclang",
          "-target-feature",
          "-Xclang",
          "+ptx63",
          "-ffp-contract=off",
          "-O2",
          "-Werror",
          "-S");

  private final Tool clang;

  private PtxCompiler(Tool clang) {
    this.clang = clang;
  }

  /** Finds the compiler; without it the test says that it did not run, or fails where it must. */
  static PtxCompiler find() throws IOException, InterruptedException {
    Tool clang = Tool.require("clang-15");
    String version = clang.run(List.of("--version")).text();
    assertEquals(
        true,
        version.contains("version " + VERSION),
        () -> "PTX is made by clang " + VERSION + ", not by " + version);
    return new PtxCompiler(clang);
  }

  /** Returns the PTX of a program, without comments. */
  String compile(Program program, Path directory) throws IOException, InterruptedException {
    Path source = directory.resolve(program.type() + "_" + program.reduction() + ".cl");
    Path ptx = directory.resolve(source.getFileName() + ".ptx");
    Files.writeString(source, KernelSource.cuda(program));
    List<String> arguments = new ArrayList<>(OPTIONS);
    arguments.addAll(List.of("-o", ptx.toString(), source.toString()));
    Tool.Outcome outcome = clang.run(arguments);
    assertEquals(0, outcome.status(), outcome::text);
    return header(program) + withoutComments(Files.readString(ptx));
  }

  private static String header(Program program) {
    return "// "
        + program
        + ", made by clang "
        + VERSION
        + " from the sources one level above; do not edit.\n";
  }

  private static String withoutComments(String ptx) {
    return ptx.lines()
            .map(line -> line.replaceFirst("\\s*//.*", ""))
            .filter(line -> !line.isBlank())
            .collect(Collectors.joining("\n"))
        + "\n";
  }
}
