// What the types that are widened to binary32 have in common.
typedef u32 bits_t; // an absolute value, ordered like the numbers, every NaN above infinity

#define INFINITY_BITS 0x7F800000U
#define LARGEST_BITS 0x7FFFFFFFU

INLINE double value_of(bits_t bits) {
#ifdef FLUSHES_SUBNORMALS
  // The bits, moved, are the number times 2^-896; subnormal binary64 numbers are never flushed.
  double value = F64_OF_BITS((u64) bits << 29) * 0x1p896;
  return bits < INFINITY_BITS ? value : F64_OF_BITS(0x7FF0000000000000UL | (u64) bits << 29);
#else
  return (double) F32_OF_BITS(bits);
#endif
}
