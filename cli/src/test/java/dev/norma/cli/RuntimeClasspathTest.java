package dev.norma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program with what the launcher gives it, and nothing of the tests. */
class RuntimeClasspathTest {
  @TempDir Path directory;

  private record Result(int code, String out) {}

  private static String classpath() throws IOException {
    return Files.readString(Path.of("target/runtime.classpath"));
  }

  private Result run(List<String> flags, String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.addAll(flags);
    command.addAll(List.of("-cp", "target/classes" + File.pathSeparator + classpath()));
    command.add(Main.class.getName());
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LD_LIBRARY_PATH", directory.toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), out);
  }

  @Test
  void hasNoTestEngine() throws IOException {
    String classpath = classpath();
    assertTrue(classpath.contains("conformance"), classpath);
    for (String jar : new String[] {"junit", "opentest4j", "jqwik", "big-math", "archunit"}) {
      assertFalse(classpath.contains(jar), () -> jar + " is in " + classpath);
    }
  }

  /** What stands in the way of a driver is no library at all. */
  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void aMachineWithoutACudaDriverSaysSoInOneLine() throws Exception {
    Files.writeString(directory.resolve("libcuda.so.1"), "a text");
    Result result = run(List.of("--enable-native-access=ALL-UNNAMED"), "devices");
    assertEquals(0, result.code, result::toString);
    assertTrue(result.out.contains("\ncpu-simd    yes  "), result::toString);
    assertEquals(
        List.of(
            "cuda        no         there is no CUDA driver (libcuda.so.1); install the driver of"
                + " the NVIDIA card, 470 or newer"),
        result.out.lines().filter(line -> line.startsWith("cuda")).toList());
  }

  @Test
  void isEnoughForACheck() throws Exception {
    Path report = directory.resolve("report.txt");
    Result result = run(List.of(), "check", "--quick", "-o", report.toString());
    assertEquals(0, result.code, result::toString);
    assertTrue(result.out.contains("cpu-simd against cpu-scalar"), result::toString);
    assertTrue(result.out.contains(" 0 failed, 0 not supported\n"), result::toString);
    assertTrue(Files.readString(report).contains("asked for  auto, --quick\n"), "report");
  }

  @ParameterizedTest
  @ValueSource(strings = {"norm FILE", "devices", "check --help", "generate-completion"})
  void isNotLoadedByOthersAsFarAsTheKitGoes(String line) throws Exception {
    Path file = Npy.doubles(directory.resolve("a.npy"), new long[] {1}, 1);
    Path log = directory.resolve("classes.log");
    String[] words = line.replace("FILE", file.toString()).split(" ");
    Result result = run(List.of("-Xlog:class+load:file=" + log), words);
    assertEquals(0, result.code, result::toString);
    String loaded = Files.readString(log);
    assertTrue(loaded.contains("dev.norma.cli.CheckCommand "), "the log has no classes");
    assertFalse(loaded.contains("dev.norma.conformance"), line);
  }
}
