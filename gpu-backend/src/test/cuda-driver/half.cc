#include "half.h"

#include <cmath>

#include "types.h"

namespace norma {

double fromHalf(uint16_t half) {
  int exponent = half >> 10 & 31;
  int fraction = half & 1023;
  uint64_t sign = static_cast<uint64_t>(half >> 15) << 63;
  if (exponent == 31) {
    return fromLane<double>(sign | 0x7ff0000000000000 | static_cast<uint64_t>(fraction) << 42);
  }
  double size = exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(1024 + fraction, exponent - 25);
  return fromLane<double>(sign | toLane(size));
}

uint16_t toHalf(double value) {
  if (value != value) return 0x7fff;
  uint16_t sign = std::signbit(value) ? 0x8000 : 0;
  double size = std::fabs(value);
  if (size >= 65520) return sign | 0x7c00;
  int exponent = size < 0x1p-14 ? -14 : std::ilogb(size);
  // The last place of the result becomes 1; adding and subtracting 2^52 rounds to it.
  double places = std::ldexp(size, 10 - exponent);
  auto rounded = static_cast<uint16_t>((places + 0x1p52) - 0x1p52);
  // A carry out of the fraction moves into the exponent by itself.
  return sign | static_cast<uint16_t>(((exponent + 14) << 10) + rounded);
}

}  // namespace norma
