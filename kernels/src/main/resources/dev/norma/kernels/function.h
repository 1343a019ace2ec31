// What functions of elements have in common. The header of each one has
//   function_prepare(context, coefficients, stride, exponent)
//                                         sets what it needs to know of a vector, of which
//                                         coefficient k is coefficients[k * stride]
//   f64x4 function_of(x, w, context)      the values for four elements, and for those of a second
//                                         operand

// +0, and NaN of what is not finite.
INLINE f64x4 zero_of_finite(f64x4 c) { return c - c; }

INLINE f64x4 magnitude_of(f64x4 x) { return F64_OF_BITS(BITS_OF_F64(x) & 0x7FFFFFFFFFFFFFFFUL); }
