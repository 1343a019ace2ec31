package dev.norma.formats;

/** The text of a header with a position in it: the few tokens of Python that a header needs. */
final class HeaderText {
  /** What {@link #peek} returns at the end of the text. */
  static final int END = -1;

  private final String text;
  private int at;

  HeaderText(String text) {
    this.text = text;
  }

  /** Skips white space and returns the next character, or {@link #END}. */
  int peek() {
    while (at < text.length() && " \t\n\r\f".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : END;
  }

  /** Skips white space, and the given character if it comes next. */
  boolean accept(char c) {
    boolean next = peek() == c;
    at += next ? 1 : 0;
    return next;
  }

  /** Skips white space, and the given word if it comes next. */
  boolean accept(String word) {
    boolean next = peek() != END && text.startsWith(word, at);
    at += next ? word.length() : 0;
    return next;
  }

  /** Reads the given character. */
  void expect(char c) throws NpyFormatException {
    if (!accept(c)) {
      throw unexpected("'" + c + "'");
    }
  }

  /** Reads a string in single or double quotes; escapes and line breaks are refused. */
  String string(String what) throws NpyFormatException {
    int quote = peek();
    if (quote != '\'' && quote != '"') {
      throw unexpected(what);
    }
    int start = ++at;
    while (at < text.length() && text.charAt(at) != quote) {
      if (text.charAt(at) < ' ' || text.charAt(at) == '\\') {
        throw unexpected("a plain character in quotes");
      }
      at++;
    }
    if (at == text.length()) {
      throw unexpected("a closing quote");
    }
    return text.substring(start, at++);
  }

  /** Reads the digits of a whole number without leading zeros. */
  String digits(String what) throws NpyFormatException {
    peek();
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    String digits = text.substring(start, at);
    if (digits.isEmpty() || (digits.length() > 1 && digits.charAt(0) == '0')) {
      at = start;
      throw unexpected(what);
    }
    return digits;
  }

  /** Returns the exception for something else than what should come next. */
  NpyFormatException unexpected(String wanted) {
    String found = peek() == END ? "the end" : Messages.quote(text.substring(at));
    return new NpyFormatException(
        "header: expected " + wanted + " at position " + at + ", found " + found);
  }
}
