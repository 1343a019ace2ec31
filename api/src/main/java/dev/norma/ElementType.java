package dev.norma;

/** The binary floating-point formats that elements of a batch can have in memory. */
public enum ElementType {
  /** IEEE 754 binary64, Java's {@code double}. */
  F64(Double.BYTES),
  /** IEEE 754 binary32, Java's {@code float}. */
  F32(Float.BYTES),
  /** IEEE 754 binary16, its bits in a {@code short}; see {@link Float#float16ToFloat(short)}. */
  F16(Short.BYTES),
  /** bfloat16, the upper half of a binary32, its bits in a {@code short}. */
  BF16(Short.BYTES);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Returns the size of one element in bytes. */
  public int bytes() {
    return bytes;
  }
}
