// The nearest elements of binary32.
INLINE elements_t elements_of_binary32(u32x4 bits) {
  return (bits & LARGEST_BITS) > INFINITY_BITS ? (u32x4) (0x7FC00000U) : bits;
}
INLINE elements_t elements_of(f64x4 y) { return elements_of_binary32(binary32_of(y)); }
