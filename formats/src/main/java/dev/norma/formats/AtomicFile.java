package dev.norma.formats;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/** Writes a file whole or not at all, by way of a temporary file in the same directory. */
public final class AtomicFile {
  private static final int MOST_LINKS = 40;

  private AtomicFile() {}

  /** What is written into the file. */
  public interface Content {
    /** Writes all of it. */
    void writeTo(FileChannel file) throws IOException;
  }

  /**
   * Writes a file, or leaves what is there unchanged and throws.
   *
   * @throws IOException if the file cannot be written; the message leaves out the path
   */
  public static void write(Path path, Content content) throws IOException {
    try {
      Path target = target(path);
      // No part of the target's name, which may be as long as names can be.
      Path temporary = target.resolveSibling(".norma-" + UUID.randomUUID() + ".tmp");
      Thread atExit = new Thread(() -> deleteAtExit(temporary));
      boolean registered = register(atExit);
      try {
        replace(target, temporary, content);
      } finally {
        if (registered) {
          unregister(atExit);
        }
      }
    } catch (IOException e) {
      throw Messages.withoutPath(e);
    } catch (UnsupportedOperationException e) {
      throw new IOException("its file system has no files that can be written this way", e);
    }
  }

  /**
   * Finds out early what would keep a file from being written, as far as that can be told without
   * touching anything.
   *
   * @throws IOException if the file cannot be written; the message leaves out the path
   */
  public static void check(Path path) throws IOException {
    try {
      Path directory = target(path).getParent();
      if (!Files.isWritable(directory)) {
        throw new IOException("no file can be created in " + directory + ": permission denied");
      }
    } catch (IOException e) {
      throw Messages.withoutPath(e);
    }
  }

  /** Follows symbolic links to the place of the file, and refuses what cannot be replaced. */
  private static Path target(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new IOException("it is a directory");
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new IOException("it is not a regular file");
    }
    Path target = path.toAbsolutePath();
    for (int links = 0; Files.isSymbolicLink(target); links++) {
      if (links == MOST_LINKS) {
        throw new IOException("too many symbolic links");
      }
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    checkDirectory(target.getParent());
    if (Files.exists(target) && !Files.isWritable(target)) {
      throw new IOException("the file is there and may not be written: permission denied");
    }
    return target;
  }

  private static void checkDirectory(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      throw new IOException("the directory " + directory + " does not exist");
    }
    if (!Files.isDirectory(directory)) {
      throw new IOException(directory + " is not a directory");
    }
  }

  private static void replace(Path target, Path temporary, Content content) throws IOException {
    boolean done = false;
    try {
      Set<PosixFilePermission> permissions = permissions(target);
      try (FileChannel file = create(temporary, permissions)) {
        if (permissions != null && !permissions.equals(permissions(temporary))) {
          Files.setPosixFilePermissions(temporary, permissions);
        }
        content.writeTo(file);
        file.force(true);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      done = true;
    } finally {
      if (!done) {
        Files.deleteIfExists(temporary);
      }
    }
  }

  /**
   * Creates the temporary file with the permissions of the file that it will replace, so that none
   * can read the one who cannot read the other, or with those of any new file.
   */
  private static FileChannel create(Path temporary, Set<PosixFilePermission> permissions)
      throws IOException {
    FileAttribute<?>[] attributes =
        permissions == null
            ? new FileAttribute<?>[0]
            : new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
    try {
      return FileChannel.open(
          temporary, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes);
    } catch (IOException e) {
      throw new IOException(
          "no file can be created in " + temporary.getParent() + ": " + Messages.reason(e), e);
    }
  }

  /** Returns the permissions of a file, or null if there is no file or it has none. */
  private static Set<PosixFilePermission> permissions(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    return view == null || !Files.exists(file) ? null : view.readAttributes().permissions();
  }

  private static boolean register(Thread atExit) {
    try {
      Runtime.getRuntime().addShutdownHook(atExit);
      return true;
    } catch (IllegalStateException e) {
      return false; // The JVM is ending already; the file is written as long as it lives.
    }
  }

  private static void unregister(Thread atExit) {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The JVM is ending: the thread runs, and finds nothing to delete.
    }
  }

  private static void deleteAtExit(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      System.getLogger(AtomicFile.class.getName())
          .log(System.Logger.Level.WARNING, "could not delete " + temporary, e);
    }
  }
}
