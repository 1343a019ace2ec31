// Elements of binary32, as their bits.
typedef u32 element_t;

INLINE bits_t bits_of(element_t x) { return x & LARGEST_BITS; }
