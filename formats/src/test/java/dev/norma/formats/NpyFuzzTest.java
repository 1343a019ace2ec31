package dev.norma.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mutated files: each opens to an array whose every element can be read, or is refused by an {@link
 * IOException} of one printable line; nothing else.
 */
final class NpyFuzzTest {
  private static final int ROUNDS = 20_000;
  private static final String[] DESCRS = {"<f8", ">f8", "<f4", "<f2", ">i8", "<u4", "|b1", "|i1"};
  private static final String[] SHAPES = {"()", "(3,)", "(2, 3)", "(0, 7)", "(2, 1L, 2)"};
  private static final String[] WORDS = {
    "'",
    "\"",
    "(",
    ")",
    "{",
    "}",
    "[",
    ",",
    ":",
    "-",
    "L",
    "0",
    "9",
    "99999999999",
    "True",
    "False",
    "'descr'",
    "'shape'",
    "'fortran_order'",
    "<",
    ">",
    "|",
    "f8",
    "i8",
    "c8",
    "\0",
    "\n",
    " ",
    "\\",
    "9223372036854775807",
    "4294967296, 4294967296"
  };

  private final SplittableRandom random = new SplittableRandom(20261101);

  @TempDir Path directory;

  @Test
  void opensOrRefusesEveryMutation() throws IOException {
    int opened = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = mutated();
      // A new file each time: some file systems force one that is overwritten to the device.
      Path path = Files.write(directory.resolve(round + ".npy"), bytes);
      opened += opens(path, "round " + round + ": " + HexFormat.of().formatHex(bytes)) ? 1 : 0;
      Files.delete(path);
    }
    assertTrue(
        opened > ROUNDS / 20 && opened < ROUNDS - ROUNDS / 20,
        "the mutations test little: " + opened + " of " + ROUNDS + " files opened");
  }

  private boolean opens(Path path, String input) {
    try (NpyFile file = NpyFile.open(path)) {
      assertEquals(file.array().size(), file.array().elements().length(), input);
      double sum = 0;
      for (double value : NpyBytes.values(file)) {
        sum += value;
      }
      assertTrue(file.dtype().length() > 3, input + sum);
      return true;
    } catch (IOException e) {
      assertTrue(e.getMessage().matches("[ -~]{5,400}"), input + "\n" + e.getMessage());
      return false;
    } catch (RuntimeException | Error e) {
      return fail(input, e);
    }
  }

  private byte[] mutated() {
    String header = NpyBytes.header(pick(DESCRS), random.nextBoolean(), pick(SHAPES));
    boolean inHeader = random.nextBoolean();
    for (int i = random.nextInt(3); inHeader && i >= 0; i--) {
      header = mutated(header);
    }
    byte[] data = new byte[random.nextInt(64)];
    random.nextBytes(data);
    byte[] bytes = NpyBytes.file(1 + random.nextInt(3), header, data);
    for (int i = random.nextInt(3); !inHeader && i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  /** Inserts a word, replaces a stretch by one, drops a stretch, or repeats it. */
  private String mutated(String header) {
    int from = random.nextInt(header.length());
    int to = Math.min(header.length(), from + 1 + random.nextInt(random.nextInt(4) == 0 ? 20 : 2));
    String stretch = header.substring(from, to);
    String replacement =
        switch (random.nextInt(5)) {
          case 0 -> pick(WORDS) + stretch;
          case 1 -> pick(WORDS);
          case 2 -> "";
          case 3 -> stretch.repeat(1 + random.nextInt(40));
          default -> new String(new byte[] {(byte) random.nextInt(256)}, StandardCharsets.UTF_8);
        };
    return header.substring(0, from) + replacement + header.substring(to) + " ";
  }

  private String pick(String[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
