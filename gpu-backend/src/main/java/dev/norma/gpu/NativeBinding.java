package dev.norma.gpu;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Loads what binds Java to a library: a class that unpacks a native library of its own to a fixed
 * name in the directory for temporary files, where on many machines anybody could have put another
 * library before. It gets a directory of its own instead.
 */
public final class NativeBinding {
  /** Why nothing can be loaded where Java forbids it, and what to do about it. */
  public static final String FORBIDDEN =
      "Java may not call native code; start it with --enable-native-access=ALL-UNNAMED";

  private static final String TEMPORARY = "java.io.tmpdir";

  private NativeBinding() {}

  /**
   * Initialises a class, which loads its library, unless that has been done.
   *
   * @param name what the binding is called
   * @param type the class
   * @return why it cannot be loaded, or nothing if it can be used
   */
  public static Optional<String> load(String name, String type) {
    try {
      initialise(name, type);
      return Optional.empty();
    } catch (IOException | ClassNotFoundException | LinkageError e) {
      String why = e.toString().lines().findFirst().orElseThrow();
      return Optional.of(
          name
              + " cannot be loaded on "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + ": "
              + why);
    }
  }

  /** One at a time: where temporary files go is a setting of the whole process. */
  private static synchronized void initialise(String name, String type)
      throws IOException, ClassNotFoundException {
    Path directory = Files.createTempDirectory("norma-" + name);
    String before = System.setProperty(TEMPORARY, directory.toString());
    try {
      Class.forName(type);
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
