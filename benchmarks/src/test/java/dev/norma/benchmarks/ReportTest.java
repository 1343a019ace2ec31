package dev.norma.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.benchmarks.Measurement.Pair;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;

class ReportTest {
  private static final Sizes SMALL = new Sizes(1 << 20, 64 << 10, 2);

  @Test
  void medianNotMeanAndThePartIsOfTheProbeBeside() {
    Measurement measurement =
        new Measurement(
            12_000,
            List.of(
                new Pair(100, 200), new Pair(1000, 1000), new Pair(300, 400), new Pair(400, 1600)));
    assertEquals(12_000 / 700.0, measurement.gigabytes(), 1e-12);
    assertEquals(12_000 / 350.0, measurement.probeGigabytes(), 1e-12);
    assertEquals(0.625, measurement.share(0.5), 1e-12);
    assertEquals(0.4375, measurement.share(0.25), 1e-12);
    assertEquals(1, measurement.share(1), 1e-12);
  }

  @Test
  void aRowSaysWhatWasMeasured() {
    Case c = Cases.named("norma/Linf/bf16/columns-8192/dram/1-thread");
    Measurement measurement =
        new Measurement(12_000, List.of(new Pair(400, 500), new Pair(400, 500)));
    assertEquals(
        "norma Linf bf16 columns-8192 dram 1 24.0 probe 30.0 80 (80 to 80)", words(c, measurement));
    assertEquals(Table.header().indexOf('\n'), Table.row(c, measurement).length());
  }

  @Test
  void aRowOfADeviceSaysThatItIsComparedWithTheCpu() {
    Case c = Cases.named("opencl-host/L3.5/f16/rows-768/dram/all-threads");
    Measurement measurement = new Measurement(12_000, List.of(new Pair(300, 400)));
    String threads = Integer.toString(Runtime.getRuntime().availableProcessors());
    assertEquals(
        "opencl-host L3.5 f16 rows-768 dram " + threads + " 30.0 cpu-simd 40.0 75 (75 to 75)",
        words(c, measurement));
    assertEquals(Table.header().indexOf('\n'), Table.row(c, measurement).length());
  }

  private static String words(Case c, Measurement measurement) {
    return Table.row(c, measurement).replaceAll("[| ]+", " ").strip();
  }

  @Test
  void casesWhoseDeviceIsMissingAreLeftOutAloud() throws Exception {
    Process report =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dnorma.benchmark.device=opencl:999",
                "-cp",
                System.getProperty("java.class.path"),
                ThroughputReport.class.getName(),
                "--include",
                "^opencl")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String out = new String(report.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, report.waitFor(), out);
    List<String> lines = out.lines().toList();
    assertEquals(5, lines.size(), out);
    assertTrue(lines.get(1).startsWith("left out: 104 cases on a device: "), out);
    assertTrue(lines.get(1).contains("opencl:999"), out);
  }

  @Test
  void measuresInAProcessOfItsOwn() throws RunnerException {
    Case c = Cases.named("norma/L2/f32/rows-768/cache/1-thread");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    ThroughputReport.run(new Request(new Effort(1, 2, 1, 0), List.of(c)), SMALL, out);
    List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals(5, lines.size(), lines::toString);
    assertTrue(lines.get(0).contains("2 pairs of turns in 1 process"), lines.get(0));
    String row = lines.get(4).replaceAll("[| ]+", " ");
    assertTrue(
        row.matches(
            " norma L2 f32 rows-768 cache 1 \\d+\\.\\d probe \\d+\\.\\d \\d+ \\(\\d+ to \\d+\\) "),
        row);
  }

  @Test
  void aCaseThatFailsIsAnErrorThatSaysWhy() {
    Case c = Cases.named("norma/L2/f32/rows-768/dram/1-thread");
    Sizes tooMany = new Sizes(Long.MAX_VALUE, 1, 1);
    Measurer measurer = new Measurer(new Effort(1, 1, 1, 0), tooMany);
    Exception e = assertThrows(RunnerException.class, () -> measurer.measure(c));
    assertTrue(e.toString().contains("ArithmeticException"), e::toString);
  }
}
