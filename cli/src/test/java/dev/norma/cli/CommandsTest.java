package dev.norma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.norma.Norma;
import dev.norma.spi.Probe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Help, version, completion, devices and the choice of a backend. */
class CommandsTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "-h",
        "norm --help",
        "devices --help",
        "check --help",
        "norm --help --ord x"
      })
  void helpIsUsageAndExamples(String line) {
    Call call = Call.of((Object[]) line.split(" "));
    assertEquals(0, call.code(), call::toString);
    assertEquals("", call.err(), call::toString);
    assertTrue(call.out().startsWith("Usage: norma"), call::toString);
    assertTrue(call.out().contains("\nExamples:\n  "), call::toString);
  }

  @Test
  void helpOfNormNamesTheEnvironmentAndTheExitCodes() {
    Call call = Call.of("norm", "--help");
    assertTrue(
        call.out()
            .endsWith(
                """

                Environment:
                  NORMA_THREADS   so many threads compute; the results do not depend on it

                Exit codes:
                  0   done
                  1   a file or a device failed
                  2   the words of the call are off
                """),
        call::toString);
  }

  @Test
  void versionIsThatOfTheBuild() {
    Call call = Call.of("--version");
    assertTrue(call.out().matches("norma \\d+\\.\\d+\\.\\d+(-\\w+)?\n"), call::toString);
    assertEquals(0, call.code(), call::toString);
  }

  @Test
  void completionKnowsCommandsOptionsAndWords() {
    Call call = Call.of("generate-completion");
    assertEquals(0, call.code(), call::toString);
    for (String word :
        new String[] {"norm grad devices check", "--axis", "cpu-simd", "\"table\" \"csv\""}) {
      assertTrue(call.out().contains(word), () -> "no '" + word + "' in " + call.out());
    }
  }

  @Test
  void devicesAreTheProbesThatAreMeasured() throws IOException {
    Call call = Call.of("devices", "--format", "json");
    assertLostIsTold(call);
    assertEquals(1, call.out().lines().count(), call::toString);
    try (JsonParser json = new JsonFactory().createParser(call.out())) {
      json.nextToken();
      for (Probe probe : Norma.backends()) {
        boolean lost = probe.name().equals("fake-lost");
        boolean measured = probe.available() && !lost;
        assertEquals(JsonToken.START_OBJECT, json.nextToken());
        assertEquals("name", json.nextFieldName());
        assertEquals(probe.name(), json.nextTextValue());
        assertEquals("available", json.nextFieldName());
        assertEquals(measured, json.nextBooleanValue(), probe::name);
        assertEquals("detail", json.nextFieldName());
        String detail = json.nextTextValue();
        assertTrue(detail.startsWith(probe.detail()), detail);
        assertEquals(measured, detail.matches(".*; L2 [.\\d]+ GB/s; p-norm .*"), detail);
        assertEquals(lost, detail.endsWith("; it failed: kernel refused\nline 7: what?"), detail);
        assertEquals(JsonToken.END_OBJECT, json.nextToken());
      }
      assertEquals(JsonToken.END_ARRAY, json.nextToken());
    }
  }

  private static void assertLostIsTold(Call call) {
    assertEquals("norma: fake-lost: kernel refused\\nline 7: what?\n", call.err());
    assertEquals(1, call.code(), call::toString);
  }

  @Test
  void devicesTableHasALineForEach() {
    Call call = Call.of("devices");
    assertLostIsTold(call);
    assertEquals(1 + Norma.backends().size(), call.out().lines().count(), call::toString);
    assertTrue(call.out().startsWith("name        available  detail\n"), call::toString);
    assertTrue(
        Pattern.compile(
                "^cpu-scalar +yes +portable Java; L2 [.\\d]+ GB/s; p-norm [.\\d]+ GB/s;"
                    + " launch [.\\d]+ us$",
                Pattern.MULTILINE)
            .matcher(call.out())
            .find(),
        call::toString);
  }

  @Test
  void theBackendThatRanIsNamed() {
    Path file = Npy.doubles(directory.resolve("a.npy"), new long[] {1}, 1);
    for (String word : new String[] {"auto", "cpu", "cpu-simd"}) {
      Call call = Call.of("norm", "--backend", word, "--format", "json", file);
      assertTrue(call.out().contains("\"backend\":\"cpu-simd\""), call::toString);
    }
  }

  @Test
  void aKnownBackendThatIsMissingIsToldOfOnce() {
    Path file = Npy.doubles(directory.resolve("a.npy"), new long[] {1}, 1);
    Call call = Call.of("norm", "--backend", "cuda:9", "--format", "csv", file, file);
    assertEquals(1, call.code(), call::toString);
    assertEquals("", call.out(), call::toString);
    assertTrue(
        call.err().matches("norma: backend cuda:9 is not available: [^\n]+\n"), call::toString);
  }

  @Test
  void wordsAreCheckedBeforeTheBackend() {
    assertEquals(2, Call.of("norm", "--backend", "cuda:9", "--ord", "x", "a.npy").code());
  }
}
