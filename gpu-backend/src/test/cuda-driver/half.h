// binary16, by bits.
#pragma once

#include <cstdint>

namespace norma {

/** The value of a binary16. */
double fromHalf(uint16_t half);

/** The binary16 nearest to a value, ties to even, in one rounding. */
uint16_t toHalf(double value);

}  // namespace norma
