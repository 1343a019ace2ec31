// Elements of binary16, as their bits, so that they need no half type of the device.
typedef u16 element_t;

INLINE bits_t bits_of(element_t x) {
  u32 h = x & 0x7FFFU;
  u32 moved = h << 13;
  if (h >= 0x7C00U) {
    return moved | INFINITY_BITS;
  }
  // A subnormal number is an integer times 2^-24, and no subnormal number in binary32.
  return h < 0x0400U ? BITS_OF_F32((float) h * 0x1p-24f) : moved + 0x38000000U;
}
