package dev.norma.cli;

import java.util.stream.Collectors;

/** Makes text safe for a line on a terminal. */
final class OneLine {
  private OneLine() {}

  /** Returns the text with line breaks and other control characters written as escapes. */
  static String of(String text) {
    return text.codePoints().mapToObj(OneLine::visible).collect(Collectors.joining());
  }

  private static String visible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> "\\u%04x".formatted(c);
          };
      default -> Character.toString(c);
    };
  }
}
