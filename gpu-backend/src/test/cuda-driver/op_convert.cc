// Conversions.
#include <cmath>
#include <limits>

#include "half.h"
#include "lanes.h"
#include "opcodes.h"

namespace norma {

namespace {

/** Between integers: cut, or extended by the sign of the source type, then cut to the register. */
template <class From, class To>
void integers(Warp& w, const Instruction& i) {
  const uint64_t* a = w.row(i.a);
  uint64_t keep = i.width >= 64 ? ~uint64_t{0} : (uint64_t{1} << i.width) - 1;
  writeRow(w, i.d, [=](int l) {
    return static_cast<uint64_t>(static_cast<int64_t>(static_cast<To>(fromLane<From>(a[l])))) & keep;
  });
}

template <class From, class To>
void toFloat(Warp& w, const Instruction& i) {
  unary<From, To>(w, i, [](From a) { return static_cast<To>(a); });
}

enum Rounding { kNearest, kZero, kDown, kUp };

template <int kHow, class T>
T rounded(T v) {
  switch (kHow) {
    case kNearest:
      return std::nearbyint(v);
    case kZero:
      return std::trunc(v);
    case kDown:
      return std::floor(v);
    default:
      return std::ceil(v);
  }
}

/** Clamped to the range of the integer; 0 of a NaN. */
template <class To, class From>
To clamped(From v) {
  using Limits = std::numeric_limits<To>;
  // 2^n, which both float types hold exactly.
  From beyond = std::ldexp(From{1}, Limits::digits);
  From least = Limits::is_signed ? -beyond : From{0};
  if (v != v) return 0;
  if (v >= beyond) return Limits::max();
  return v < least ? Limits::min() : static_cast<To>(v);
}

template <class From, class To, int kHow>
void toInteger(Warp& w, const Instruction& i) {
  unary<From, To>(w, i, [](From a) { return clamped<To>(rounded<kHow>(a)); });
}

/** A binary32 that is NaN is the one that hardware makes. */
inline float canonical(float v) { return v == v ? v : fromLane<float>(0x7fffffff); }
inline double canonical(double v) { return v; }

template <class T, int kHow>
void toIntegral(Warp& w, const Instruction& i) {
  unary<T, T>(w, i, [](T a) { return canonical(rounded<kHow>(a)); });
}

void widen(Warp& w, const Instruction& i) {
  unary<float, double>(w, i, [](float a) { return static_cast<double>(a); });
}

void narrow(Warp& w, const Instruction& i) {
  unary<double, float>(w, i, [](double a) { return canonical(static_cast<float>(a)); });
}

template <class T>
void halfToFloat(Warp& w, const Instruction& i) {
  unary<uint16_t, T>(w, i, [](uint16_t a) { return canonical(static_cast<T>(fromHalf(a))); });
}

template <class T>
void floatToHalf(Warp& w, const Instruction& i) {
  unary<T, uint16_t>(w, i, [](T a) { return toHalf(a); });
}

std::vector<Slot> slots(Type to, Type from, bool wide) {
  return {{wide && to.kind != 'f' ? Role::kWideDestination : Role::kDestination, to},
          {wide && from.kind != 'f' ? Role::kWideSource : Role::kSource, from}};
}

template <class From, class To>
void addPair(Opcodes& table, const std::string& from, const std::string& to) {
  table.add("cvt." + to + "." + from, integers<From, To>, slots(Type::of(to), Type::of(from), true));
}

template <class From>
void addInteger(Opcodes& table, const std::string& from) {
  addPair<From, uint8_t>(table, from, "u8");
  addPair<From, int8_t>(table, from, "s8");
  addPair<From, uint16_t>(table, from, "u16");
  addPair<From, int16_t>(table, from, "s16");
  addPair<From, uint32_t>(table, from, "u32");
  addPair<From, int32_t>(table, from, "s32");
  addPair<From, uint64_t>(table, from, "u64");
  addPair<From, int64_t>(table, from, "s64");
  Type type = Type::of(from);
  table.add("cvt.rn.f32." + from, toFloat<From, float>, slots({'f', 32}, type, true));
  table.add("cvt.rn.f64." + from, toFloat<From, double>, slots({'f', 64}, type, true));
}

template <class From, class To>
void addRounded(Opcodes& table, const std::string& from, const std::string& to) {
  std::vector<Slot> both = slots(Type::of(to), Type::of(from), false);
  std::string end = "." + to + "." + from;
  table.add("cvt.rni" + end, toInteger<From, To, kNearest>, both);
  table.add("cvt.rzi" + end, toInteger<From, To, kZero>, both);
  table.add("cvt.rmi" + end, toInteger<From, To, kDown>, both);
  table.add("cvt.rpi" + end, toInteger<From, To, kUp>, both);
}

template <class T>
void addFloat(Opcodes& table, const std::string& name) {
  addRounded<T, uint16_t>(table, name, "u16");
  addRounded<T, int16_t>(table, name, "s16");
  addRounded<T, uint32_t>(table, name, "u32");
  addRounded<T, int32_t>(table, name, "s32");
  addRounded<T, uint64_t>(table, name, "u64");
  addRounded<T, int64_t>(table, name, "s64");
  std::vector<Slot> same = slots(Type::of(name), Type::of(name), false);
  std::string end = "." + name + "." + name;
  table.add("cvt.rni" + end, toIntegral<T, kNearest>, same);
  table.add("cvt.rzi" + end, toIntegral<T, kZero>, same);
  table.add("cvt.rmi" + end, toIntegral<T, kDown>, same);
  table.add("cvt.rpi" + end, toIntegral<T, kUp>, same);
  Type half{'b', 16};
  table.add("cvt." + name + ".f16", halfToFloat<T>, slots(Type::of(name), half, false));
  table.add("cvt.rn.f16." + name, floatToHalf<T>, slots(half, Type::of(name), false));
}

}  // namespace

void addConversions(Opcodes& table) {
  addInteger<uint8_t>(table, "u8");
  addInteger<int8_t>(table, "s8");
  addInteger<uint16_t>(table, "u16");
  addInteger<int16_t>(table, "s16");
  addInteger<uint32_t>(table, "u32");
  addInteger<int32_t>(table, "s32");
  addInteger<uint64_t>(table, "u64");
  addInteger<int64_t>(table, "s64");
  addFloat<float>(table, "f32");
  addFloat<double>(table, "f64");
  table.add("cvt.f64.f32", widen, slots({'f', 64}, {'f', 32}, false));
  table.add("cvt.rn.f32.f64", narrow, slots({'f', 32}, {'f', 64}, false));
}

}  // namespace norma
