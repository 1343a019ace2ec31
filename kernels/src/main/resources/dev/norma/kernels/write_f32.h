// Elements of binary32 as numbers, and the nearest elements.
INLINE f64x4 numbers_of(elements_t x) { return signed_values(bits_of(x), x >> 31); }

INLINE elements_t elements_of(f64x4 y) { return binary32_of(y); }
