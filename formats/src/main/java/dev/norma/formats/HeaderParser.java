package dev.norma.formats;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the Python dictionary of a header: exactly the keys {@code descr}, {@code fortran_order}
 * and {@code shape}, in any order.
 *
 * <p>Each key admits one form of value, none of which nests, so that the parser needs no recursion:
 * a nested {@code descr} is a structured type, which is refused at its first character.
 */
final class HeaderParser {
  private static final int MOST_DIMENSIONS = 32;

  private final HeaderText text;
  private final boolean pythonTwo;

  private NpyDescr descr;
  private Boolean fortranOrder;
  private long[] shape;

  private HeaderParser(HeaderText text, boolean pythonTwo) {
    this.text = text;
    this.pythonTwo = pythonTwo;
  }

  /**
   * Parses a header, after which all three values are there.
   *
   * @param pythonTwo whether a size may end in {@code L}, as Python 2 wrote its long integers
   * @throws NpyFormatException if it is not such a dictionary
   */
  static HeaderParser parse(String header, boolean pythonTwo) throws NpyFormatException {
    HeaderParser parser = new HeaderParser(new HeaderText(header), pythonTwo);
    parser.dictionary();
    return parser;
  }

  NpyDescr descr() {
    return descr;
  }

  boolean fortranOrder() {
    return fortranOrder;
  }

  long[] shape() {
    return shape;
  }

  private void dictionary() throws NpyFormatException {
    text.expect('{');
    boolean comma = true;
    while (!text.accept('}')) {
      if (!comma) {
        throw text.unexpected("',' or '}'");
      }
      entry();
      comma = text.accept(',');
    }
    if (text.peek() != HeaderText.END) {
      throw text.unexpected("the end of the header");
    }
    requirePresent("descr", descr);
    requirePresent("fortran_order", fortranOrder);
    requirePresent("shape", shape);
  }

  private void entry() throws NpyFormatException {
    String key = text.string("a key in quotes");
    text.expect(':');
    switch (key) {
      case "descr" -> {
        requireAbsent(key, descr);
        descr = descrValue();
      }
      case "fortran_order" -> {
        requireAbsent(key, fortranOrder);
        fortranOrder = truthValue();
      }
      case "shape" -> {
        requireAbsent(key, shape);
        shape = shapeValue();
      }
      default -> throw new NpyFormatException("header: unknown key " + Messages.quote(key));
    }
  }

  private static void requirePresent(String key, Object value) throws NpyFormatException {
    if (value == null) {
      throw new NpyFormatException("header: key '" + key + "' is missing");
    }
  }

  private static void requireAbsent(String key, Object value) throws NpyFormatException {
    if (value != null) {
      throw new NpyFormatException("header: key '" + key + "' is given twice");
    }
  }

  private NpyDescr descrValue() throws NpyFormatException {
    if (text.peek() == '[') {
      throw NpyDescr.unsupported("structured (a list of fields)");
    }
    if (text.peek() == '(') {
      throw NpyDescr.unsupported("subarray (a tuple)");
    }
    return NpyDescr.parse(text.string("an element type in quotes"));
  }

  private boolean truthValue() throws NpyFormatException {
    if (text.accept("True")) {
      return true;
    }
    if (text.accept("False")) {
      return false;
    }
    throw text.unexpected("True or False");
  }

  private long[] shapeValue() throws NpyFormatException {
    if (!text.accept('(')) {
      throw text.unexpected("a tuple of sizes");
    }
    List<Long> sizes = new ArrayList<>();
    boolean comma = true;
    while (!text.accept(')')) {
      if (!comma) {
        throw text.unexpected("',' or ')'");
      }
      sizes.add(size());
      comma = text.accept(',');
    }
    if (sizes.size() == 1 && !comma) {
      throw new NpyFormatException(
          "header: shape is a number in parentheses, not a tuple, for which a comma is missing");
    }
    if (sizes.size() > MOST_DIMENSIONS) {
      throw new NpyFormatException(
          sizes.size() + " dimensions are not supported; up to " + MOST_DIMENSIONS + " are");
    }
    return sizes.stream().mapToLong(Long::longValue).toArray();
  }

  private long size() throws NpyFormatException {
    boolean negative = text.accept('-');
    String digits = text.digits("a size");
    if (negative) {
      throw new NpyFormatException("header: negative size -" + Messages.printable(digits));
    }
    if (pythonTwo) {
      text.accept('L');
    }
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw new NpyFormatException(
          "header: size " + Messages.printable(digits) + " is beyond 2^63 - 1");
    }
  }
}
