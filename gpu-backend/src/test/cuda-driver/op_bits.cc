// Logic, shifts and fields of bits.
#include <type_traits>

#include "lanes.h"
#include "opcodes.h"

namespace norma {

namespace {

// Predicates are 0 or 1 in 64 bits, so that the operations of 64 bits serve them too, but for NOT.
void bitAnd(Warp& w, const Instruction& i) {
  binary<uint64_t, uint64_t>(w, i, [](uint64_t a, uint64_t b) { return a & b; });
}

void bitOr(Warp& w, const Instruction& i) {
  binary<uint64_t, uint64_t>(w, i, [](uint64_t a, uint64_t b) { return a | b; });
}

void bitXor(Warp& w, const Instruction& i) {
  binary<uint64_t, uint64_t>(w, i, [](uint64_t a, uint64_t b) { return a ^ b; });
}

template <class T>
void bitNot(Warp& w, const Instruction& i) {
  unary<T, T>(w, i, [](T a) { return static_cast<T>(~a); });
}

void notPredicate(Warp& w, const Instruction& i) {
  unary<uint64_t, uint64_t>(w, i, [](uint64_t a) { return a ^ 1; });
}

/** Shifts of the width or more leave 0, or the sign. */
template <class T>
void shl(Warp& w, const Instruction& i) {
  const uint64_t* a = w.row(i.a);
  const uint64_t* b = w.row(i.b);
  writeRow(w, i.d, [=](int l) {
    uint64_t by = static_cast<uint32_t>(b[l]);
    return by < 8 * sizeof(T) ? toLane(static_cast<T>(a[l] << (by & 63))) : 0;
  });
}

template <class T>
void shr(Warp& w, const Instruction& i) {
  using Wide = std::conditional_t<std::is_signed_v<T>, int64_t, uint64_t>;
  const uint64_t* a = w.row(i.a);
  const uint64_t* b = w.row(i.b);
  writeRow(w, i.d, [=](int l) {
    uint64_t by = static_cast<uint32_t>(b[l]);
    Wide value = fromLane<T>(a[l]);
    Wide beyond = std::is_signed_v<T> && value < 0 ? Wide(-1) : Wide(0);
    return toLane(static_cast<T>(by < 8 * sizeof(T) ? value >> (by & 63) : beyond));
  });
}

template <class T>
void popc(Warp& w, const Instruction& i) {
  unary<T, uint32_t>(w, i, [](T a) { return __builtin_popcountll(a); });
}

template <class T>
void clz(Warp& w, const Instruction& i) {
  unary<T, uint32_t>(w, i, [](T a) {
    return a == 0 ? 8 * sizeof(T) : __builtin_clzll(a) - (64 - 8 * sizeof(T));
  });
}

template <class T>
T reversed(T a) {
  T result = 0;
  for (size_t n = 0; n < 8 * sizeof(T); n++) result = static_cast<T>(result << 1 | (a >> n & 1));
  return result;
}

template <class T>
void brev(Warp& w, const Instruction& i) {
  unary<T, T>(w, i, reversed<T>);
}

/** A field of bits; beyond the value it is filled with the sign, or with 0. */
template <class T>
T extracted(T a, uint32_t start, uint32_t length) {
  constexpr int kBits = 8 * sizeof(T);
  start &= 0xff;
  length &= 0xff;
  if (length == 0) return 0;
  uint32_t last = start + length - 1 < kBits - 1 ? start + length - 1 : kBits - 1;
  bool sign = std::is_signed_v<T> && (a >> last & 1);
  using U = std::make_unsigned_t<T>;
  U result = sign ? static_cast<U>(~U{0}) : U{0};
  for (uint32_t n = 0; n < length && n < kBits && start + n < kBits; n++) {
    U bit = static_cast<U>(U{1} << n);
    result = (a >> (start + n) & 1) ? result | bit : result & ~bit;
  }
  return static_cast<T>(result);
}

template <class T>
void bfe(Warp& w, const Instruction& i) {
  const uint64_t* a = w.row(i.a);
  const uint64_t* b = w.row(i.b);
  const uint64_t* c = w.row(i.c);
  writeRow(w, i.d, [=](int l) {
    return toLane(extracted(fromLane<T>(a[l]), fromLane<uint32_t>(b[l]), fromLane<uint32_t>(c[l])));
  });
}

template <class T>
T inserted(T from, T into, uint32_t start, uint32_t length) {
  start &= 0xff;
  length &= 0xff;
  for (uint32_t n = 0; n < length && start + n < 8 * sizeof(T); n++) {
    T bit = static_cast<T>(T{1} << (start + n));
    bool set = n < 8 * sizeof(T) && (from >> n & 1);
    into = set ? into | bit : into & ~bit;
  }
  return into;
}

template <class T>
void bfi(Warp& w, const Instruction& i) {
  const uint64_t* a = w.row(i.a);
  const uint64_t* b = w.row(i.b);
  const uint64_t* c = w.row(i.c);
  const uint64_t* e = w.row(i.e);
  writeRow(w, i.d, [=](int l) {
    return toLane(inserted(fromLane<T>(a[l]), fromLane<T>(b[l]), fromLane<uint32_t>(c[l]),
                           fromLane<uint32_t>(e[l])));
  });
}

/** Permutes bytes of a pair; the default mode, in which bit 3 of a selector repeats the sign. */
uint32_t permuted(uint32_t a, uint32_t b, uint32_t select) {
  uint64_t bytes = static_cast<uint64_t>(b) << 32 | a;
  uint32_t result = 0;
  for (int n = 0; n < 4; n++) {
    uint32_t s = select >> 4 * n & 15;
    uint32_t byte = bytes >> 8 * (s & 7) & 0xff;
    if (s & 8) byte = byte & 0x80 ? 0xff : 0;
    result |= byte << 8 * n;
  }
  return result;
}

void prmt(Warp& w, const Instruction& i) {
  ternary<uint32_t, uint32_t>(w, i, permuted);
}

/** Shift of a pair (a is the low part); mode 1 clamps the distance to 32, mode 0 wraps it. */
template <bool kLeft>
void funnel(Warp& w, const Instruction& i) {
  bool clamp = i.mode == 1;
  ternary<uint32_t, uint32_t>(w, i, [clamp](uint32_t a, uint32_t b, uint32_t c) {
    uint32_t by = clamp ? (c < 32 ? c : 32) : c & 31;
    uint64_t pair = static_cast<uint64_t>(b) << 32 | a;
    return static_cast<uint32_t>(kLeft ? pair << by >> 32 : pair >> by);
  });
}

template <class U, class S>
void addWidth(Opcodes& table, int bits) {
  Type b{'b', bits};
  Type u32{'u', 32};
  std::string n = std::to_string(bits);
  std::vector<Slot> three{{Role::kDestination, b}, {Role::kSource, b}, {Role::kSource, b}};
  std::vector<Slot> shift{{Role::kDestination, b}, {Role::kSource, b}, {Role::kSource, u32}};
  table.add("and.b" + n, bitAnd, three);
  table.add("or.b" + n, bitOr, three);
  table.add("xor.b" + n, bitXor, three);
  table.add("not.b" + n, bitNot<U>, {{Role::kDestination, b}, {Role::kSource, b}});
  table.add("shl.b" + n, shl<U>, shift);
  table.add("shr.b" + n, shr<U>, shift);
  table.add("shr.u" + n, shr<U>, shift);
  table.add("shr.s" + n, shr<S>, shift);
}

template <class U, class S>
void addFields(Opcodes& table, int bits) {
  Type b{'b', bits};
  Type u32{'u', 32};
  std::string n = std::to_string(bits);
  std::vector<Slot> count{{Role::kDestination, u32}, {Role::kSource, b}};
  std::vector<Slot> field{
      {Role::kDestination, b}, {Role::kSource, b}, {Role::kSource, u32}, {Role::kSource, u32}};
  table.add("popc.b" + n, popc<U>, count);
  table.add("clz.b" + n, clz<U>, count);
  table.add("brev.b" + n, brev<U>, {{Role::kDestination, b}, {Role::kSource, b}});
  table.add("bfe.u" + n, bfe<U>, field);
  table.add("bfe.s" + n, bfe<S>, field);
  table.add("bfi.b" + n, bfi<U>,
            {{Role::kDestination, b},
             {Role::kSource, b},
             {Role::kSource, b},
             {Role::kSource, u32},
             {Role::kSource, u32}});
}

}  // namespace

void addBits(Opcodes& table) {
  addWidth<uint16_t, int16_t>(table, 16);
  addWidth<uint32_t, int32_t>(table, 32);
  addWidth<uint64_t, int64_t>(table, 64);
  addFields<uint32_t, int32_t>(table, 32);
  addFields<uint64_t, int64_t>(table, 64);
  Type p{'p', 1};
  std::vector<Slot> three{{Role::kDestination, p}, {Role::kSource, p}, {Role::kSource, p}};
  table.add("and.pred", bitAnd, three);
  table.add("or.pred", bitOr, three);
  table.add("xor.pred", bitXor, three);
  table.add("not.pred", notPredicate, {{Role::kDestination, p}, {Role::kSource, p}});
  Type b32{'b', 32};
  std::vector<Slot> four{{Role::kDestination, b32},
                         {Role::kSource, b32},
                         {Role::kSource, b32},
                         {Role::kSource, b32}};
  table.add("prmt.b32", prmt, four);
  table.add("shf.l.wrap.b32", funnel<true>, four);
  table.add("shf.r.wrap.b32", funnel<false>, four);
  table.add("shf.l.clamp.b32", funnel<true>, four).mode = 1;
  table.add("shf.r.clamp.b32", funnel<false>, four).mode = 1;
}

}  // namespace norma
