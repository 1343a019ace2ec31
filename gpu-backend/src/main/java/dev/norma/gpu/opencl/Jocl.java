package dev.norma.gpu.opencl;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Loads JOCL's native library. JOCL unpacks it to a fixed name in the directory for temporary
 * files, where on many machines anybody could have put another library before: it gets a directory
 * of its own instead.
 */
final class Jocl {
  private static final String TEMPORARY = "java.io.tmpdir";

  private Jocl() {}

  /** Loads the library, unless it is loaded already. */
  static synchronized void load() throws IOException, ClassNotFoundException {
    Path directory = Files.createTempDirectory("norma-jocl");
    String before = System.setProperty(TEMPORARY, directory.toString());
    try {
      Class.forName("org.jocl.CL");
    } finally {
      System.setProperty(TEMPORARY, before);
      delete(directory);
    }
  }

  /** Unlinks what is loaded; where the system forbids that, the next cleaning takes it. */
  private static void delete(Path directory) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        file.toFile().deleteOnExit();
        Files.delete(file);
      }
      Files.delete(directory);
    } catch (IOException e) {
      directory.toFile().deleteOnExit();
    }
  }
}
