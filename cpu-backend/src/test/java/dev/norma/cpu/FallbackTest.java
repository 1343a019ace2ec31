package dev.norma.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.Batch;
import dev.norma.Norm;
import dev.norma.Norma;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A Java that was started without the Vector API. */
class FallbackTest {
  /** Run in a Java of its own. */
  static final class Program {
    public static void main(String[] args) {
      for (int i = 0; i < 2; i++) {
        try (Norma norma = Norma.open()) {
          System.out.println(norma.backend() + " " + norma.norm(Norm.L2, Batch.of(3.0, 4.0)));
        }
      }
      try (Norma norma = Norma.open("cpu-simd")) {
        System.out.println(norma.backend());
      } catch (RuntimeException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private static String run(List<String> flags) throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Program.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    byte[] output = process.getInputStream().readAllBytes();
    assertEquals(0, process.waitFor());
    return new String(output, StandardCharsets.UTF_8);
  }

  @Test
  void theScalarBackendAnswersAndOneLineNamesTheFlag() throws Exception {
    String output = run(List.of());
    String flag = "--add-modules jdk.incubator.vector";
    String why = "the Vector API is not there; start Java with " + flag;
    List<String> lines = output.lines().toList();
    assertEquals(2, lines.stream().filter("cpu-scalar 5.0"::equals).count(), output);
    assertEquals(
        1,
        lines.stream().filter(line -> line.startsWith("WARNING") && line.contains(why)).count(),
        output);
    assertTrue(lines.contains("backend cpu-simd is not available: " + why), output);
  }

  @Test
  void withTheFlagSimdAnswers() throws Exception {
    String output = run(List.of("--add-modules", "jdk.incubator.vector"));
    assertEquals(2, output.lines().filter("cpu-simd 5.0"::equals).count(), output);
    assertTrue(output.lines().anyMatch("cpu-simd"::equals), output);
  }
}
