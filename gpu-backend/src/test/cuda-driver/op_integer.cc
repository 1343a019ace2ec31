// Integer arithmetic.
#include <type_traits>

#include "lanes.h"
#include "opcodes.h"

namespace norma {

namespace {

template <class T>
using Unsigned = std::make_unsigned_t<T>;

/** Wraps around: the arithmetic is that of unsigned numbers of 64 bits, cut to the type. */
template <class T>
T wrap(uint64_t v) {
  return static_cast<T>(v);
}

template <class T>
void add(Warp& w, const Instruction& i) {
  binary<T, T>(w, i, [](T a, T b) { return wrap<T>(uint64_t(a) + uint64_t(b)); });
}

template <class T>
void sub(Warp& w, const Instruction& i) {
  binary<T, T>(w, i, [](T a, T b) { return wrap<T>(uint64_t(a) - uint64_t(b)); });
}

template <class T>
void mulLow(Warp& w, const Instruction& i) {
  binary<T, T>(w, i, [](T a, T b) { return wrap<T>(uint64_t(a) * uint64_t(b)); });
}

template <class T>
void madLow(Warp& w, const Instruction& i) {
  ternary<T, T>(
      w, i, [](T a, T b, T c) { return wrap<T>(uint64_t(a) * uint64_t(b) + uint64_t(c)); });
}

__extension__ typedef __int128 int128;
__extension__ typedef unsigned __int128 uint128;

template <class T>
T highProduct(T a, T b) {
  if constexpr (std::is_same_v<T, int64_t>) {
    return static_cast<T>(static_cast<int128>(a) * b >> 64);
  } else if constexpr (std::is_same_v<T, uint64_t>) {
    return static_cast<T>(static_cast<uint128>(a) * b >> 64);
  } else {
    using Wide = std::conditional_t<std::is_signed_v<T>, int64_t, uint64_t>;
    return static_cast<T>(Wide(a) * Wide(b) >> (8 * sizeof(T)));
  }
}

template <class T>
void mulHigh(Warp& w, const Instruction& i) {
  binary<T, T>(w, i, [](T a, T b) { return highProduct(a, b); });
}

template <class T>
void madHigh(Warp& w, const Instruction& i) {
  ternary<T, T>(w, i, [](T a, T b, T c) {
    return wrap<T>(uint64_t(highProduct(a, b)) + uint64_t(c));
  });
}

template <class T, class R>
void mulWide(Warp& w, const Instruction& i) {
  binary<T, R>(w, i, [](T a, T b) { return static_cast<R>(R(a) * R(b)); });
}

template <class T, class R>
void madWide(Warp& w, const Instruction& i) {
  ternary<T, R>(
      w, i, [](T a, T b, R c) { return wrap<R>(uint64_t(R(a) * R(b)) + uint64_t(c)); });
}

/** What hardware answers for a division by 0, which PTX leaves open, is all ones. */
template <class T>
T quotient(T a, T b) {
  if (b == 0) return static_cast<T>(~Unsigned<T>{0});
  if (std::is_signed_v<T> && b == static_cast<T>(-1)) return wrap<T>(0 - uint64_t(a));
  return static_cast<T>(a / b);
}

template <class T>
T remainder(T a, T b) {
  if (b == 0) return a;
  if (std::is_signed_v<T> && b == static_cast<T>(-1)) return 0;
  return static_cast<T>(a % b);
}

template <class T>
void div(Warp& w, const Instruction& i) {
  binary<T, T>(w, i, [](T a, T b) { return quotient(a, b); });
}

template <class T>
void rem(Warp& w, const Instruction& i) {
  binary<T, T>(w, i, [](T a, T b) { return remainder(a, b); });
}

template <class T>
void min(Warp& w, const Instruction& i) {
  binary<T, T>(w, i, [](T a, T b) { return a < b ? a : b; });
}

template <class T>
void max(Warp& w, const Instruction& i) {
  binary<T, T>(w, i, [](T a, T b) { return a < b ? b : a; });
}

template <class T>
void neg(Warp& w, const Instruction& i) {
  unary<T, T>(w, i, [](T a) { return wrap<T>(0 - uint64_t(a)); });
}

template <class T>
void abs(Warp& w, const Instruction& i) {
  unary<T, T>(w, i, [](T a) { return a < 0 ? wrap<T>(0 - uint64_t(a)) : a; });
}

template <class T>
void addType(Opcodes& table, const std::string& name) {
  Type type = Type::of(name);
  std::vector<Slot> three{
      {Role::kDestination, type}, {Role::kSource, type}, {Role::kSource, type}};
  std::vector<Slot> four = three;
  four.push_back({Role::kSource, type});
  table.add("add." + name, add<T>, three);
  table.add("sub." + name, sub<T>, three);
  table.add("mul.lo." + name, mulLow<T>, three);
  table.add("mul.hi." + name, mulHigh<T>, three);
  table.add("mad.lo." + name, madLow<T>, four);
  table.add("mad.hi." + name, madHigh<T>, four);
  table.add("div." + name, div<T>, three);
  table.add("rem." + name, rem<T>, three);
  table.add("min." + name, min<T>, three);
  table.add("max." + name, max<T>, three);
}

template <class T>
void addSigned(Opcodes& table, const std::string& name) {
  Type type = Type::of(name);
  table.add("neg." + name, neg<T>, {{Role::kDestination, type}, {Role::kSource, type}});
  table.add("abs." + name, abs<T>, {{Role::kDestination, type}, {Role::kSource, type}});
}

template <class T, class R>
void addWide(Opcodes& table, const std::string& name) {
  Type type = Type::of(name);
  Type wide{type.kind, 2 * type.bits};
  table.add("mul.wide." + name, mulWide<T, R>,
            {{Role::kDestination, wide}, {Role::kSource, type}, {Role::kSource, type}});
  table.add("mad.wide." + name, madWide<T, R>,
            {{Role::kDestination, wide},
             {Role::kSource, type},
             {Role::kSource, type},
             {Role::kSource, wide}});
}

}  // namespace

void addIntegers(Opcodes& table) {
  addType<uint16_t>(table, "u16");
  addType<int16_t>(table, "s16");
  addType<uint32_t>(table, "u32");
  addType<int32_t>(table, "s32");
  addType<uint64_t>(table, "u64");
  addType<int64_t>(table, "s64");
  addSigned<int16_t>(table, "s16");
  addSigned<int32_t>(table, "s32");
  addSigned<int64_t>(table, "s64");
  addWide<uint16_t, uint32_t>(table, "u16");
  addWide<int16_t, int32_t>(table, "s16");
  addWide<uint32_t, uint64_t>(table, "u32");
  addWide<int32_t, int64_t>(table, "s32");
}

}  // namespace norma
