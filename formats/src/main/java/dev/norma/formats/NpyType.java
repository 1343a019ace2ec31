package dev.norma.formats;

import dev.norma.ElementType;

/** The element types of files that can be read, each with the format it has in memory. */
enum NpyType {
  FLOAT64("f8", ElementType.F64),
  FLOAT32("f4", ElementType.F32),
  FLOAT16("f2", ElementType.F16),
  INT64("i8", ElementType.F64),
  INT32("i4", ElementType.F64),
  INT16("i2", ElementType.F64),
  INT8("i1", ElementType.F64),
  UINT64("u8", ElementType.F64),
  UINT32("u4", ElementType.F64),
  UINT16("u2", ElementType.F64),
  UINT8("u1", ElementType.F64),
  BOOL("b1", ElementType.F64);

  private final String code;
  private final ElementType inMemory;

  NpyType(String code, ElementType inMemory) {
    this.code = code;
    this.inMemory = inMemory;
  }

  /** Returns the kind and the size as a {@code descr} gives them, without the byte order. */
  String code() {
    return code;
  }

  /** Returns numpy's name of the type. */
  String numpyName() {
    return switch (code.charAt(0)) {
      case 'f' -> "float" + 8 * bytes();
      case 'i' -> "int" + 8 * bytes();
      case 'u' -> "uint" + 8 * bytes();
      default -> "bool";
    };
  }

  /** Returns the size of one element in the file, in bytes. */
  int bytes() {
    return code.charAt(1) - '0';
  }

  /** Returns the format of an element in memory. */
  ElementType inMemory() {
    return inMemory;
  }

  /** Tells whether elements in the native byte order need no conversion. */
  boolean isFloat() {
    return code.charAt(0) == 'f';
  }
}
