// Elements of binary64. Their sums are compensated.
#define WIDE

typedef double element_t;
typedef f64x4 elements_t;
typedef f64x4_in_memory neighbours_t;
#define ELEMENT_BYTES 8
typedef u64 bits_lane;
typedef u64x4 bits_t; // absolute values, ordered like the numbers, every NaN above infinity

#define INFINITY_BITS 0x7FF0000000000000UL
#define LARGEST_BITS 0x7FFFFFFFFFFFFFFFUL
#define MASK(compared) MASK_64(compared)
#define U64_OF_MASK(compared) MASK_64(compared)

INLINE bits_t bits_of(elements_t x) { return BITS_OF_F64(x) & LARGEST_BITS; }

INLINE f64x4 value_of(bits_t bits) { return F64_OF_BITS(bits); }
