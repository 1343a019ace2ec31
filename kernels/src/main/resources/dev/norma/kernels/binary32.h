// What the types that are widened to binary32 have in common.
typedef u32 bits_lane;
typedef u32x4 bits_t; // absolute values, ordered like the numbers, every NaN above infinity
// The bits of elements with their sign, widened to binary32, are binary32_bits_of(elements).

#define INFINITY_BITS 0x7F800000U
#define LARGEST_BITS 0x7FFFFFFFU
#define MASK(compared) MASK_32(compared)
#define U64_OF_MASK(compared) U64_OF_MASK_32(compared)

INLINE f64x4 value_of(bits_t bits) {
#ifdef FLUSHES_SUBNORMALS
  // The bits, moved, are the number times 2^-896; subnormal binary64 numbers are never flushed.
  u64x4 moved = U64_OF_U32(bits) << 29;
  f64x4 value = F64_OF_BITS(moved) * 0x1p896;
  return moved < (u64) INFINITY_BITS << 29 ? value : F64_OF_BITS(moved | 0x7FF0000000000000UL);
#else
  return F64_OF_F32(F32_OF_BITS(bits));
#endif
}
