package dev.norma.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The PTX that is shipped is what the sources say, and nothing that an old driver refuses. */
class PtxTest {
  private static final Path COMMITTED = Path.of("src/main/resources/dev/norma/kernels");
  private static final boolean WRITES = Boolean.getBoolean("norma.ptx.write");

  @TempDir private Path directory;

  static List<Program> programs() {
    return KernelSource.programs();
  }

  @Test
  void isMadeOfTheSources() throws IOException, InterruptedException {
    PtxCompiler compiler = PtxCompiler.find();
    Set<String> stale = new TreeSet<>();
    for (Program program : programs()) {
      Path committed = COMMITTED.resolve(KernelSource.ptxFile(program));
      String made = compiler.compile(program, directory);
      if (WRITES) {
        Files.writeString(committed, made);
      } else if (!Files.exists(committed) || !Files.readString(committed).equals(made)) {
        stale.add(program.toString());
      }
    }
    assertEquals(Set.of(), stale, "stale: mvn -B -Pptx -pl kernels test makes them again");
  }

  @Test
  void thereIsNoOther() throws IOException {
    Set<String> known = programs().stream().map(KernelSource::ptxFile).collect(Collectors.toSet());
    try (var files = Files.list(COMMITTED.resolve("ptx"))) {
      assertEquals(known, files.map(f -> "ptx/" + f.getFileName()).collect(Collectors.toSet()));
    }
  }

  @ParameterizedTest
  @MethodSource("programs")
  void needsOnlyWhatOldDriversHave(Program program) {
    String ptx = KernelSource.ptx(program);
    assertTrue(ptx.contains("\n.version 6.3\n.target sm_50\n.address_size 64\n"), "header");
    assertFalse(
        Pattern.compile("\\.(extern|func|local|approx|ftz|atom|red)\\b|\\bcall\\b")
            .matcher(ptx)
            .find(),
        "functions of a library, local memory, or what is not exact");
  }

  @ParameterizedTest
  @MethodSource("programs")
  void hasTheKernelsOfTheSource(Program program) {
    assertEquals(
        names("(?m)^KERNEL\\(\\w+\\) void (\\w+)\\(", KernelSource.cuda(program)),
        names("\\.visible \\.entry (\\w+)\\(", KernelSource.ptx(program)));
  }

  private static Set<String> names(String regex, String text) {
    return Pattern.compile(regex)
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  @Test
  void whatIsNoProgramIsRefused() {
    Program none = new Program("f64", "../abs_sum");
    assertThrows(IllegalArgumentException.class, () -> KernelSource.ptx(none));
    assertThrows(IllegalArgumentException.class, () -> KernelSource.cuda(none));
  }
}
