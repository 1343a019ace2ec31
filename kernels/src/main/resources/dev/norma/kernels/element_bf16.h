// Elements of bfloat16, as their bits: the upper half of a binary32.
typedef u16 element_t;
typedef u16x4 elements_t;
typedef u16x4_in_memory neighbours_t;
#define ELEMENT_BYTES 2

INLINE u32x4 binary32_bits_of(elements_t x) { return U32_OF_U16(x) << 16; }
INLINE bits_t bits_of(elements_t x) { return binary32_bits_of(x) & LARGEST_BITS; }
