// The nearest elements of binary32.
INLINE elements_t elements_of(f64x4 y) { return binary32_of(y); }
