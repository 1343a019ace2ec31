// Types of PTX, and how a value of each lies in the 64 bits of a lane.
#pragma once

#include <cstdint>
#include <string_view>

namespace norma {

/** A type of PTX: a kind (p, b, u, s or f) and a number of bits. */
struct Type {
  char kind = 0;
  int bits = 0;

  /** Reads "u32", "pred" and the like; the kind is 0 where it is none. */
  static Type of(std::string_view name);
  int bytes() const { return bits / 8; }
};

/** The value of type T in the low bits of a lane. */
template <class T>
inline T fromLane(uint64_t lane) {
  return static_cast<T>(lane);
}
template <>
inline float fromLane<float>(uint64_t lane) {
  return __builtin_bit_cast(float, static_cast<uint32_t>(lane));
}
template <>
inline double fromLane<double>(uint64_t lane) {
  return __builtin_bit_cast(double, lane);
}

/** The bits of a lane that holds this value; the bits above it are 0. */
inline uint64_t toLane(uint8_t v) { return v; }
inline uint64_t toLane(int8_t v) { return static_cast<uint8_t>(v); }
inline uint64_t toLane(uint16_t v) { return v; }
inline uint64_t toLane(int16_t v) { return static_cast<uint16_t>(v); }
inline uint64_t toLane(uint32_t v) { return v; }
inline uint64_t toLane(int32_t v) { return static_cast<uint32_t>(v); }
inline uint64_t toLane(uint64_t v) { return v; }
inline uint64_t toLane(int64_t v) { return static_cast<uint64_t>(v); }
inline uint64_t toLane(float v) { return __builtin_bit_cast(uint32_t, v); }
inline uint64_t toLane(double v) { return __builtin_bit_cast(uint64_t, v); }
inline uint64_t toLane(bool v) { return v; }

}  // namespace norma
