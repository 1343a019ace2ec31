// Elements of bfloat16, as their bits: the upper half of a binary32.
typedef u16 element_t;

INLINE bits_t bits_of(element_t x) { return (u32) (x & 0x7FFFU) << 16; }
