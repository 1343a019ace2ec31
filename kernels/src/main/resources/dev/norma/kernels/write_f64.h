// Elements of binary64 are numbers as they are. Every NaN is written with the same bits.
INLINE f64x4 numbers_of(elements_t x) { return x; }

INLINE elements_t elements_of(f64x4 y) {
  return F64_OF_BITS(y == y ? BITS_OF_F64(y) : (u64x4) (0x7FF8000000000000UL));
}
