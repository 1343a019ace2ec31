// Integers and powers of two, in operations of the numeric contract.
#define ROUND_TO_INTEGER 0x1.8p52 // adding and subtracting it does, ties to even
#define ONE_BITS 0x3FF0000000000000UL

INLINE f64x4 rounded_to_integer(f64x4 y) { return (y + ROUND_TO_INTEGER) - ROUND_TO_INTEGER; }

// 2^k for an integer k of -1074 to 1023.
INLINE f64x4 power_of_two(f64x4 k) {
  f64x4 normal = k < -1022.0 ? k + 60.0 : k;
  f64x4 power = F64_OF_BITS((BITS_OF_F64(normal + ROUND_TO_INTEGER) << 52) + ONE_BITS);
  return k < -1022.0 ? power * 0x1p-60 : power;
}

// The nearest exponent that two powers of two make up: beyond, all is 0 or infinite.
INLINE f64x4 exponent_in_reach(f64x4 k) {
  k = k < -2100.0 ? (f64x4) (-2100.0) : k;
  return k > 2040.0 ? (f64x4) (2040.0) : k;
}

// The half of it that comes first, rounded down: a product with its power is exact.
INLINE f64x4 first_half_of(f64x4 k) { return rounded_to_integer(0.5 * k - 0.25); }

INLINE f64x4 scaled_by(f64x4 t, f64x4 k) {
  k = exponent_in_reach(k);
  f64x4 first = first_half_of(k);
  return t * power_of_two(first) * power_of_two(k - first);
}
