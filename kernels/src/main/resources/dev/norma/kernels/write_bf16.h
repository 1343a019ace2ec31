// The nearest elements of bfloat16: the upper halves of binary32, ties to even.
INLINE elements_t elements_of_binary32(u32x4 bits) {
  u32x4 rounded = (bits + 0x7FFFU + (bits >> 16 & 1U)) >> 16;
  return U16_OF_U32((bits & LARGEST_BITS) > INFINITY_BITS ? (u32x4) (0x7FC0U) : rounded);
}
INLINE elements_t elements_of(f64x4 y) { return elements_of_binary32(binary32_of(y)); }
