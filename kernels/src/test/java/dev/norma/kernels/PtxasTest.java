package dev.norma.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** NVIDIA's assembler takes the PTX for all devices that it knows, and what it takes is told. */
class PtxasTest {
  private static final List<Integer> CAPABILITIES = List.of(75, 80, 86, 90, 100, 120);
  private static final Path PTX = Path.of("src/main/resources/dev/norma/kernels");
  private static final Path TABLE = Path.of("../docs/ptx.md");
  private static final String HEAD =
      """
      # What the kernels take of a CUDA device

      Registers of a thread by compute capability, and shared memory of a group in bytes, as
      `ptxas` of CUDA 13.0 reports them for the PTX that is shipped. No kernel spills registers, and
      none has a stack frame or other local memory: a test fails where one has. The registers of
      another driver's compiler may differ. A multiprocessor has 65536 registers. Made by
      `mvn -B -Pptx -pl kernels test`.

      """;

  @Test
  void takesEveryProgramAndNothingIsSpilt() throws Exception {
    Tool ptxas = Tool.find("ptxas");
    Map<String, List<Resources>> rows = new TreeMap<>();
    for (List<Resources> program : resources(ptxas)) {
      program.forEach(r -> rows.computeIfAbsent(r.row(), row -> new ArrayList<>()).add(r));
    }
    String table =
        head() + rows.values().stream().map(PtxasTest::line).collect(Collectors.joining());
    if (Boolean.getBoolean("norma.ptx.write")) {
      Files.writeString(TABLE, table);
    }
    assertEquals(Files.readString(TABLE), table, "docs/ptx.md is stale");
  }

  private static String head() {
    String columns =
        CAPABILITIES.stream().map(PtxasTest::version).collect(Collectors.joining(" | "));
    return HEAD
        + ("| type | program | kernel | shared | " + columns + " |\n")
        + ("|---|---|---|--:|" + "--:|".repeat(CAPABILITIES.size()) + "\n");
  }

  private static String version(int capability) {
    return capability / 10 + "." + capability % 10;
  }

  private static String line(List<Resources> kernel) {
    String registers =
        kernel.stream()
            .map(resources -> Integer.toString(resources.registers()))
            .collect(Collectors.joining(" | "));
    return "| " + kernel.get(0).row() + " | " + kernel.get(0).shared() + " | " + registers + " |\n";
  }

  /** Runs the assembler for each device in turn, and for many programs at once. */
  private static List<List<Resources>> resources(Tool ptxas)
      throws InterruptedException, ExecutionException {
    List<Callable<List<Resources>>> runs = new ArrayList<>();
    for (int capability : CAPABILITIES) {
      for (Program program : KernelSource.programs()) {
        runs.add(() -> resources(ptxas, program, capability));
      }
    }
    List<List<Resources>> all = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      for (Future<List<Resources>> run : threads.invokeAll(runs)) {
        all.add(run.get());
      }
    }
    return all;
  }

  private static List<Resources> resources(Tool ptxas, Program program, int capability)
      throws IOException, InterruptedException {
    Path file = PTX.resolve(KernelSource.ptxFile(program));
    Tool.Outcome outcome =
        ptxas.run(List.of("-arch=sm_" + capability, "-v", "-o", "/dev/null", file.toString()));
    assertEquals(0, outcome.status(), outcome::text);
    return Resources.read(program, Files.readString(file), outcome.text());
  }
}
