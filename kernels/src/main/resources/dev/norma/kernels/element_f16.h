// Elements of binary16, as their bits, so that they need no half type of the device.
typedef u16 element_t;
typedef u16x4 elements_t;
typedef u16x4_in_memory neighbours_t;
#define ELEMENT_BYTES 2

#ifdef F32_OF_F16 // every device that has it widens exactly
INLINE u32x4 binary32_bits_of(elements_t x) { return BITS_OF_F32(F32_OF_F16(x)); }
INLINE bits_t bits_of(elements_t x) { return binary32_bits_of(x) & LARGEST_BITS; }
#else
INLINE bits_t bits_of(elements_t x) {
  u32x4 h = U32_OF_U16(x) & 0x7FFFU;
  u32x4 moved = h << 13;
  u32x4 bits = h < 0x7C00U ? moved + 0x38000000U : moved | INFINITY_BITS;
  // A subnormal number is an integer times 2^-24, and no subnormal number in binary32.
  return h < 0x0400U ? BITS_OF_F32(F32_OF_U32(h) * 0x1p-24f) : bits;
}
INLINE u32x4 binary32_bits_of(elements_t x) {
  return bits_of(x) | (U32_OF_U16(x) & 0x8000U) << 16;
}
#endif
