// Elements of binary64. Their sums are compensated.
#define WIDE

typedef double element_t;
typedef u64 bits_t; // an absolute value, ordered like the numbers, every NaN above infinity

#define INFINITY_BITS 0x7FF0000000000000UL
#define LARGEST_BITS 0x7FFFFFFFFFFFFFFFUL

INLINE bits_t bits_of(element_t x) { return BITS_OF_F64(x) & LARGEST_BITS; }

INLINE double value_of(bits_t bits) { return F64_OF_BITS(bits); }
