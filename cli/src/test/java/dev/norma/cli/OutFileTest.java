package dev.norma.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that -o writes: numpy's shape, whole or not at all. */
class OutFileTest {
  @TempDir Path directory;
  private Path file;
  private Path out;

  @BeforeEach
  void write() {
    file = Npy.doubles(directory.resolve("a.npy"), new long[] {2, 1, 2}, 3, -4, 0, 1);
    out = directory.resolve("out.npy");
  }

  private void assertWritten(String words, long[] shape, double... values) throws IOException {
    Stream<Object> all = Stream.concat(Stream.of("norm"), Stream.of(words.split(" ")));
    Call call = Call.of(Stream.concat(all, Stream.of("-o", out, file)).toArray());
    assertEquals("", call.err(), call::toString);
    assertEquals("", call.out(), call::toString);
    assertEquals(0, call.code(), call::toString);
    Path expected = Npy.doubles(directory.resolve("expected.npy"), shape, values);
    assertArrayEquals(Files.readAllBytes(expected), Files.readAllBytes(out), words);
  }

  @Test
  void hasTheShapeOfTheAxesThatAreLeft() throws IOException {
    assertWritten("--ord 1", new long[0], 8);
    assertWritten("--axis 2", new long[] {2, 1}, 5, 1);
    assertWritten("--axis -2 --ord inf", new long[] {2, 2}, 3, 4, 0, 1);
    assertWritten("--axis 0,2 --ord 1", new long[] {1}, 5);
    assertWritten("--axis -1,0 --ord 1 --format json", new long[] {1}, 7);
  }

  @Test
  void mayHaveNoElements() throws IOException {
    file = Npy.doubles(directory.resolve("e.npy"), new long[] {0, 3});
    assertWritten("--axis 1", new long[] {0});
    assertWritten("--axis 0 --ord -1", new long[] {3}, inf(), inf(), inf());
  }

  private static double inf() {
    return Double.POSITIVE_INFINITY;
  }

  @Test
  void mayBeTheFileItself() throws IOException {
    out = file;
    assertWritten("--axis 2", new long[] {2, 1}, 5, 1);
  }

  @Test
  void isKeptWhenTheCallFails() throws IOException {
    Files.writeString(out, "kept");
    Call noFile = Call.of("norm", "-o", out, directory.resolve("missing.npy"));
    assertEquals(1, noFile.code(), noFile::toString);
    Call noAxis = Call.of("norm", "--axis", "3", "-o", out, file);
    assertEquals(1, noAxis.code(), noAxis::toString);
    Call noWord = Call.of("norm", "--ord", "x", "-o", out, file);
    assertEquals(2, noWord.code(), noWord::toString);
    assertEquals("kept", Files.readString(out));
    assertEquals(List.of("a.npy", "out.npy"), names());
  }

  @Test
  void isNamedWhenItCannotBeWritten() throws IOException {
    Path nowhere = directory.resolve("no/out.npy");
    Call call = Call.of("norm", "-o", nowhere, file);
    assertEquals(
        "norma: %s: the directory %s does not exist\n".formatted(nowhere, nowhere.getParent()),
        call.err());
    assertEquals("", call.out(), call::toString);
    assertEquals(1, call.code(), call::toString);
    assertFalse(Files.exists(nowhere.getParent()));
  }

  @Test
  void isCheckedBeforeTheWork() {
    Path nowhere = directory.resolve("no/out.npy");
    Call call = Call.of("norm", "-o", nowhere, directory.resolve("missing.npy"));
    assertEquals(
        "norma: %s: the directory %s does not exist\n".formatted(nowhere, nowhere.getParent()),
        call.err());
    assertEquals("", call.out(), call::toString);
    assertEquals(1, call.code(), call::toString);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
