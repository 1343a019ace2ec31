package dev.norma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.Norma;
import dev.norma.spi.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check of a backend, with backends that are right, wrong or not there. */
class CheckTest {
  @TempDir Path directory;

  private Call check(Path report, String backend) {
    return Call.of("check", "--quick", "--backend", backend, "-o", report);
  }

  private static void assertHas(String text, String regex) {
    assertTrue(text.matches("(?s).*" + regex + ".*"), () -> regex + " is not in\n" + text);
  }

  @Test
  void aRightBackendPasses() throws IOException {
    Path report = directory.resolve("report.txt");
    Files.writeString(report, "before");
    Call call = check(report, "fake-right");
    assertEquals("", call.err(), call::toString);
    assertEquals(0, call.code(), call::toString);
    assertHas(call.out(), "^fake-right against cpu-scalar, bit by bit, \\d+ s\n");
    assertHas(call.out(), "\n(\\d{3}) cases: \\1 equal, 0 different, 0 failed, 0 not supported\n");
    assertHas(call.out(), "\nreport: \\Q" + report + "\\E\n");
    String text = Files.readString(report);
    assertHas(text, "version +norma \\d+\\.\\d+\\.\\d+");
    assertHas(text, "asked for +fake-right, --quick\n");
    assertHas(text, "Java +" + Runtime.version().feature());
    assertHas(text, "\nDifferent or failed\nnone\n");
    for (Probe probe : Norma.backends()) {
      assertHas(text, "\n\\Q" + probe.name() + "\\E +(yes|no) ");
    }
    for (String place : List.of("host", "device")) {
      String speeds = "GB/s, rows of 768 in memory of the " + place + "\n.* F64 +F32 +F16 +BF16\n";
      assertHas(text, speeds + "( *\\S+ +[A-Z_]+(\\(2.5\\))?( +\\d+\\.\\d){4}\n){6}");
    }
    assertEquals(List.of("report.txt"), names());
  }

  @Test
  void aWrongBackendFailsAndEveryKindOfMistakeIsReported() throws IOException {
    Path report = directory.resolve("report.txt");
    Call call = check(report, "fake-wrong");
    assertEquals(1, call.code(), call::toString);
    assertHas(
        call.err(),
        "norma: backend fake-wrong: \\d+ cases: \\d+ equal, [1-9]\\d* different, [1-9]\\d* failed,"
            + " [1-9]\\d* not supported; the first: golden bits: F32: [^\n]*: went away [^\n]*\n");
    assertEquals(1, call.err().lines().count(), call::toString);
    String text = Files.readString(report);
    assertHas(text, "\nlengths: length, 37 x \\d \\w+, F16, ROWS in ARRAY\n  L2 of vector 0\n");
    assertHas(text, "\n    elements  \\[[0-9a-f]{4}( [0-9a-f]{4}){2,19}\\]\n    expected ");
    assertHas(text, "\n    expected  [0-9a-f]{16} \\(\\S+\\)\n    actual    [0-9a-f]{16} \\(");
    assertHas(text, "\n  on the device, lo of ABS_SUM of vector 0\n    elements  \\[[0-9a-f]{16} ");
    assertHas(
        text,
        ", F32, \\w+ in \\w+: dev.norma.DeviceException: fake-wrong: went away \\(at [^\n]+\\)\n");
    assertHas(
        text,
        ", BF16, \\w+ in \\w+: java.lang.NoClassDefFoundError: org/fake/Missing \\(at [^\n]+\\)\n");
    assertHas(text, "\nNot supported\n.*BF16, COLUMNS[^\n]*fake-wrong knows no columns of BF16 ");
    assertEquals(20, text.split("\n    actual ", -1).length - 1, "differences told in full");
    assertHas(text, "  [1-9]\\d* results more differ\n");
  }

  @Test
  void aBackendThatCannotBeOpenedIsReported() throws IOException {
    Path report = directory.resolve("report.txt");
    Call call = check(report, "fake-lost");
    assertEquals(1, call.code(), call::toString);
    assertEquals(
        "norma: backend fake-lost: 1 cases: 0 equal, 0 different, 1 failed, 0 not supported; the"
            + " first: opening and closing fake-lost: dev.norma.DeviceException: fake-lost: kernel"
            + " refused\n",
        call.err());
    assertHas(Files.readString(report), "fake-lost: kernel refused\nline 7: what\\? \\(at ");
  }

  @Test
  void aBackendThatIsNotAvailableIsToldOf() throws IOException {
    Call call = check(directory.resolve("report.txt"), "cuda:9");
    assertEquals(1, call.code(), call::toString);
    assertTrue(
        call.err().matches("norma: backend cuda:9 is not available: [^\n]+\n"), call::toString);
    assertEquals(List.of(), names());
  }

  @Test
  void aReportThatCannotBeWrittenIsToldOfBeforeTheWork() {
    Path nowhere = directory.resolve("no/report.txt");
    Call call = check(nowhere, "fake-right");
    assertEquals(
        "norma: %s: the directory %s does not exist\n".formatted(nowhere, nowhere.getParent()),
        call.err());
    assertEquals(1, call.code(), call::toString);
    assertEquals("", call.out(), call::toString);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
