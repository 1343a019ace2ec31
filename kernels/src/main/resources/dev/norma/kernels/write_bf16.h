// Elements of bfloat16 as numbers, and the nearest elements: the upper halves of binary32, ties to
// even.
INLINE f64x4 numbers_of(elements_t x) { return signed_values(bits_of(x), U32_OF_U16(x) >> 15); }

INLINE elements_t elements_of(f64x4 y) {
  u32x4 bits = binary32_of(y);
  u32x4 rounded = (bits + 0x7FFFU + (bits >> 16 & 1U)) >> 16;
  return U16_OF_U32((bits & LARGEST_BITS) > INFINITY_BITS ? (u32x4) (0x7FC0U) : rounded);
}
