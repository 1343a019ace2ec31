// Elements of binary32, as their bits.
typedef u32 element_t;
typedef u32x4 elements_t;
typedef u32x4_in_memory neighbours_t;
#define ELEMENT_BYTES 4

INLINE u32x4 binary32_bits_of(elements_t x) { return x; }
INLINE bits_t bits_of(elements_t x) { return x & LARGEST_BITS; }
