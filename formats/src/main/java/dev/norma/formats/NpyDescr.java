package dev.norma.formats;

import java.nio.ByteOrder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The element type and the byte order that the {@code descr} of a header stands for. */
record NpyDescr(NpyType type, ByteOrder order) {
  /** A byte order, a kind, a size, and the unit of a time. */
  private static final Pattern DESCR =
      Pattern.compile("([<>=|]?)([A-Za-z])([0-9]{0,9})(\\[[^]]*])?");

  /**
   * Reads a {@code descr} as numpy does: {@code <} and {@code >} are little and big endian; {@code
   * =}, {@code |} and none mean the native order.
   *
   * @throws NpyFormatException if elements of this type cannot be read
   */
  static NpyDescr parse(String descr) throws NpyFormatException {
    Matcher parts = DESCR.matcher(descr);
    if (!parts.matches()) {
      throw unsupported(Messages.quote(descr));
    }
    for (NpyType type : NpyType.values()) {
      if (parts.group(4) == null && type.code().equals(parts.group(2) + parts.group(3))) {
        return new NpyDescr(type, order(parts.group(1)));
      }
    }
    String name = numpyName(parts);
    throw unsupported((name == null ? "" : name + " ") + Messages.quote(descr));
  }

  /** Returns this as numpy writes it. */
  String text() {
    return (order == ByteOrder.BIG_ENDIAN ? ">" : "<") + type.code();
  }

  /** Returns the exception for elements that cannot be read. */
  static NpyFormatException unsupported(String type) {
    return new NpyFormatException(
        "element type "
            + type
            + " is not supported; float16, float32, float64, int8 to int64, uint8 to uint64 and"
            + " bool are");
  }

  private static ByteOrder order(String prefix) {
    return switch (prefix) {
      case "<" -> ByteOrder.LITTLE_ENDIAN;
      case ">" -> ByteOrder.BIG_ENDIAN;
      default -> ByteOrder.nativeOrder();
    };
  }

  /** Returns numpy's name of a type that cannot be read, or null if it is no type of numpy's. */
  private static String numpyName(Matcher parts) {
    String digits = parts.group(3);
    String unit = parts.group(4) == null ? "" : Messages.printable(parts.group(4));
    return switch (parts.group(2).charAt(0)) {
      case 'c' -> "complex" + bits(digits, 8);
      case 'f' -> "float" + bits(digits, 8);
      case 'S', 'a' -> "bytes" + bits(digits, 8);
      case 'U' -> "str" + bits(digits, 32);
      case 'V' -> "void" + bits(digits, 8);
      case 'O' -> "object";
      case 'M' -> "datetime64" + unit;
      case 'm' -> "timedelta64" + unit;
      default -> null;
    };
  }

  private static String bits(String size, int each) {
    return size.isEmpty() ? "" : Long.toString(Long.parseLong(size) * each);
  }
}
