package dev.norma.formats;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Words for error messages: one line each, printable, and without the path of the file. */
final class Messages {
  private static final int LONGEST_QUOTE = 60;

  private Messages() {}

  /** Returns text from a file in quotes, cut short if it is long. */
  static String quote(String text) {
    return "'" + printable(text) + "'";
  }

  /** Returns text from a file with all but printable ASCII escaped, cut short if it is long. */
  static String printable(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < Math.min(text.length(), LONGEST_QUOTE); i++) {
      char c = text.charAt(i);
      out.append(c >= ' ' && c <= '~' ? String.valueOf(c) : String.format("\\u%04x", (int) c));
    }
    return text.length() > LONGEST_QUOTE ? out + "..." : out.toString();
  }

  /** Returns the exception with a message that does without the path; the cause keeps it. */
  static IOException withoutPath(IOException e) {
    return e instanceof NpyFormatException ? e : new IOException(reason(e), e);
  }

  /** Returns what went wrong. */
  static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof ClosedByInterruptException) {
      return "the thread was interrupted";
    }
    String words = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return words == null ? e.getClass().getSimpleName() : words;
  }
}
