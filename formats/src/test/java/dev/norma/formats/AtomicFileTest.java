package dev.norma.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files appear whole or not at all. */
final class AtomicFileTest {
  @TempDir Path directory;
  private Path path;

  @BeforeEach
  void choosePath() {
    path = directory.resolve("file");
  }

  @Test
  void createsAndReplaces() throws IOException {
    write(path, "one");
    assertEquals("one", Files.readString(path));
    write(path, "2");
    assertEquals("2", Files.readString(path));
    assertFiles("file");
  }

  @Test
  void takesNamesAsLongAsNamesCanBe() throws IOException {
    write(directory.resolve("n".repeat(255)), "long");
    assertFiles("n".repeat(255));
  }

  @Test
  void keepsTheFileUntilTheNewOneIsWhole() throws IOException {
    Files.writeString(path, "before");
    AtomicFile.write(
        path,
        file -> {
          file.write(bytes("after"));
          assertEquals("before", Files.readString(path));
        });
    assertEquals("after", Files.readString(path));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void leavesNothingBehindAfterAFailure(boolean there) throws IOException {
    if (there) {
      Files.writeString(path, "before");
    }
    for (Throwable failure :
        new Throwable[] {new IOException("disk full"), new InternalError(), new Error()}) {
      Throwable thrown =
          assertThrows(
              Throwable.class,
              () ->
                  AtomicFile.write(
                      path,
                      file -> {
                        file.write(bytes("half"));
                        throwIt(failure);
                      }));
      assertEquals(failure.getMessage(), thrown.getMessage());
      assertFiles(there ? new String[] {"file"} : new String[0]);
      assertEquals(there ? "before" : "none", there ? Files.readString(path) : "none");
    }
  }

  private static void throwIt(Throwable failure) throws IOException {
    if (failure instanceof IOException e) {
      throw e;
    }
    throw (Error) failure;
  }

  @Test
  void refusesPlacesWhereNoFileCanBe() throws Exception {
    Files.writeString(path, "before");
    Path folder = Files.createDirectory(directory.resolve("folder"));
    // Not a device of the machine's, which a broken check would replace where root runs the tests.
    Path pipe = directory.resolve("pipe");
    assertTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor(10, TimeUnit.SECONDS));
    Path loop = directory.resolve("loop");
    Files.createSymbolicLink(loop, loop);
    assertRefused(folder, "it is a directory");
    assertRefused(pipe, "it is not a regular file");
    assertRefused(folder.resolve("no/file"), "the directory " + folder + "/no does not exist");
    assertRefused(path.resolve("file"), path + " is not a directory");
    assertRefused(loop, "too many symbolic links");
    for (Path refused : List.of(folder, pipe, folder.resolve("no/file"), loop)) {
      assertThrows(IOException.class, () -> AtomicFile.check(refused), refused.toString());
    }
    AtomicFile.check(path);
    AtomicFile.check(directory.resolve("new"));
    assertRefused(directory.resolve("n".repeat(256)), "File name too long");
    assertFiles("file", "folder", "loop", "pipe");
    assertEquals("before", Files.readString(path));
  }

  private static void assertRefused(Path path, String message) {
    IOException e = assertThrows(IOException.class, () -> write(path, "x"), path.toString());
    assertEquals(message, e.getMessage());
  }

  @Test
  void replacesTheFileThatALinkLeadsTo() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("folder"));
    Path first = directory.resolve("first");
    Files.createSymbolicLink(first, Path.of("folder/second"));
    Files.createSymbolicLink(folder.resolve("second"), Path.of("../file"));
    write(first, "through a link that leads nowhere yet");
    assertEquals("through a link that leads nowhere yet", Files.readString(path));
    write(first, "again");
    assertEquals("again", Files.readString(path));
    assertTrue(Files.isSymbolicLink(first) && Files.isSymbolicLink(folder.resolve("second")));
    assertFiles("file", "first", "folder");
  }

  @Test
  void givesNewFilesThePermissionsOfAnyNewFile() throws IOException {
    Path ordinary = Files.writeString(directory.resolve("ordinary"), "x");
    write(path, "x");
    assertEquals(Files.getPosixFilePermissions(ordinary), Files.getPosixFilePermissions(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "rwxrwxrwx", "rw-rw-r--", "r--r-----"})
  void keepsThePermissionsOfAFileThatIsThere(String permissions) throws IOException {
    Files.writeString(path, "before");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    if (!Files.isWritable(path)) {
      IOException e = assertThrows(IOException.class, () -> write(path, "after"));
      assertTrue(e.getMessage().contains("permission denied"), e.getMessage());
      return;
    }
    write(path, "after");
    assertEquals(permissions, PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
  }

  @Test
  void reportsAnInterrupt() throws IOException {
    Files.writeString(path, "before");
    Thread.currentThread().interrupt();
    IOException e = assertThrows(IOException.class, () -> write(path, "after"));
    assertTrue(Thread.interrupted(), "the thread should stay interrupted");
    assertEquals("the thread was interrupted", e.getMessage());
    assertEquals("before", Files.readString(path));
    assertFiles("file");
  }

  @Test
  @Timeout(60)
  void leavesNothingBehindWhenTheJvmIsToldToEnd() throws Exception {
    String classes = classes(AtomicFile.class) + ":" + classes(AtomicFileTest.class);
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                classes,
                Stuck.class.getName(),
                path.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertEquals('r', process.getInputStream().read(), "the program did not come to its content");
    assertEquals(1, directory.toFile().list().length, "there should be a temporary file");
    process.destroy();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    assertNotEquals(0, process.exitValue());
    assertFiles();
  }

  private static Path classes(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** A program that never finishes writing its file. */
  static final class Stuck {
    private Stuck() {}

    public static void main(String[] arguments) throws IOException {
      AtomicFile.write(
          Path.of(arguments[0]),
          file -> {
            file.write(bytes("half"));
            System.out.print("r");
            System.out.flush();
            while (true) {
              LockSupport.park();
            }
          });
    }
  }

  private static void write(Path path, String text) throws IOException {
    AtomicFile.write(path, file -> file.write(bytes(text)));
  }

  private static ByteBuffer bytes(String text) {
    return StandardCharsets.UTF_8.encode(text);
  }

  private void assertFiles(String... names) {
    String[] found = directory.toFile().list();
    Arrays.sort(found);
    assertArrayEquals(names, found, Arrays.toString(found));
  }
}
