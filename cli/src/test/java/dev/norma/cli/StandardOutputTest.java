package dev.norma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard output that cannot be written: a full device, or a reader that has gone. */
class StandardOutputTest {
  @TempDir Path directory;

  private static final class Failing extends OutputStream {
    private final String reason;
    private int writes;

    Failing(String reason) {
      this.reason = reason;
    }

    @Override
    public void write(int b) throws IOException {
      writes++;
      throw new IOException(reason);
    }
  }

  private static String errorOf(Failing out, String... words) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Main.run(words, out, new PrintStream(err, true, StandardCharsets.UTF_8));
    assertEquals(1, code, () -> "exit code of " + String.join(" ", words));
    assertTrue(out.writes > 0, "nothing was written");
    return err.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "norm --help",
        "--version",
        "devices",
        "devices --format json",
        "generate-completion",
        "norm FILE",
        "norm --format csv FILE",
        "norm --format json FILE"
      })
  void isToldOfInOneLine(String line) {
    Path file = Npy.doubles(directory.resolve("a.npy"), new long[] {1}, 1);
    String[] words = line.replace("FILE", file.toString()).split(" ");
    assertEquals(
        "norma: standard output: No space left on device\n",
        errorOf(new Failing("No space left on device"), words));
    assertEquals("", errorOf(new Failing("Broken pipe"), words));
  }

  @Test
  void endsTheWork() {
    Path file = Npy.doubles(directory.resolve("a.npy"), new long[] {1}, 1);
    Failing out = new Failing("Broken pipe");
    String missing = directory.resolve("missing.npy").toString();
    assertEquals("", errorOf(out, "norm", "--format", "json", file.toString(), missing));
    assertEquals(1, out.writes, "writes after the first failed");
  }
}
