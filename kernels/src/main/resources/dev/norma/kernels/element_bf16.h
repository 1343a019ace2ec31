// Elements of bfloat16, as their bits: the upper half of a binary32.
typedef u16 element_t;
typedef u16x4 elements_t;
typedef u16x4_in_memory neighbours_t;
#define ELEMENT_BYTES 2

INLINE bits_t bits_of(elements_t x) { return (U32_OF_U16(x) & 0x7FFFU) << 16; }
