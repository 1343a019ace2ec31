// Comparisons, which write predicates, and selection by a predicate.
#include "lanes.h"
#include "opcodes.h"

namespace norma {

namespace {

enum Combination : uint8_t { kAlone, kAnd, kOr, kXor };

uint64_t combine(uint8_t how, uint64_t compared, uint64_t other) {
  switch (how) {
    case kAnd:
      return compared & other;
    case kOr:
      return compared | other;
    case kXor:
      return compared ^ other;
    default:
      return compared;
  }
}

/** setp p|q, a, b, c: p = (a ? b) op c, q = !(a ? b) op c. */
template <class T, class F>
void general(Warp& w, const Instruction& i) {
  const uint64_t* a = w.row(i.a);
  const uint64_t* b = w.row(i.b);
  const uint64_t* c = w.row(i.c);
  uint64_t flip = i.sourceNegated ? 1 : 0;
  uint64_t p[kWarpSize];
  uint64_t q[kWarpSize];
  for (int l = 0; l < kWarpSize; l++) {
    uint64_t holds = F::of(fromLane<T>(a[l]), fromLane<T>(b[l])) ? 1 : 0;
    p[l] = combine(i.mode, holds, c[l] ^ flip);
    q[l] = combine(i.mode, holds ^ 1, c[l] ^ flip);
  }
  const uint64_t* first = p;
  const uint64_t* second = q;
  if (i.d != kNone) writeRow(w, i.d, [=](int l) { return first[l]; });
  if (i.d2 != kNone) writeRow(w, i.d2, [=](int l) { return second[l]; });
}

template <class T, class F>
void setp(Warp& w, const Instruction& i) {
  if (i.mode != kAlone || i.d2 != kNone || i.d == kNone) {
    general<T, F>(w, i);
  } else {
    binary<T, bool>(w, i, F::template of<T>);
  }
}

#define NORMA_COMPARISON(Name, expression) \
  struct Name {                            \
    template <class T>                     \
    static bool of(T a, T b) {             \
      return expression;                   \
    }                                      \
  };
NORMA_COMPARISON(Eq, a == b)
NORMA_COMPARISON(Ne, a < b || a > b)  // false of a NaN
NORMA_COMPARISON(Lt, a < b)
NORMA_COMPARISON(Le, a <= b)
NORMA_COMPARISON(Gt, a > b)
NORMA_COMPARISON(Ge, a >= b)
NORMA_COMPARISON(Equ, !(a < b || a > b))  // true of a NaN, as all that follow but num
NORMA_COMPARISON(Neu, !(a == b))
NORMA_COMPARISON(Ltu, !(a >= b))
NORMA_COMPARISON(Leu, !(a > b))
NORMA_COMPARISON(Gtu, !(a <= b))
NORMA_COMPARISON(Geu, !(a < b))
NORMA_COMPARISON(Num, a == a && b == b)
NORMA_COMPARISON(Nan, a != a || b != b)
#undef NORMA_COMPARISON

void selp(Warp& w, const Instruction& i) {
  const uint64_t* a = w.row(i.a);
  const uint64_t* b = w.row(i.b);
  const uint64_t* c = w.row(i.c);
  writeRow(w, i.d, [=](int l) { return c[l] ? a[l] : b[l]; });
}

void addComparison(Opcodes& table, const std::string& how, const std::string& type, Handler run) {
  Type t = Type::of(type);
  std::vector<Slot> slots{{Role::kPairDestination, {'p', 1}}, {Role::kSource, t}, {Role::kSource, t}};
  table.add("setp." + how + "." + type, run, slots);
  slots.push_back({Role::kPredicate, {'p', 1}});
  table.add("setp." + how + ".and." + type, run, slots).mode = kAnd;
  table.add("setp." + how + ".or." + type, run, slots).mode = kOr;
  table.add("setp." + how + ".xor." + type, run, slots).mode = kXor;
}

template <class T>
void addEquality(Opcodes& table, const std::string& type) {
  addComparison(table, "eq", type, setp<T, Eq>);
  addComparison(table, "ne", type, setp<T, Ne>);
}

template <class T>
void addOrder(Opcodes& table, const std::string& type) {
  addEquality<T>(table, type);
  addComparison(table, "lt", type, setp<T, Lt>);
  addComparison(table, "le", type, setp<T, Le>);
  addComparison(table, "gt", type, setp<T, Gt>);
  addComparison(table, "ge", type, setp<T, Ge>);
}

template <class T>
void addUnsigned(Opcodes& table, const std::string& type) {
  addOrder<T>(table, type);
  addComparison(table, "lo", type, setp<T, Lt>);
  addComparison(table, "ls", type, setp<T, Le>);
  addComparison(table, "hi", type, setp<T, Gt>);
  addComparison(table, "hs", type, setp<T, Ge>);
}

template <class T>
void addFloat(Opcodes& table, const std::string& type) {
  addOrder<T>(table, type);
  addComparison(table, "equ", type, setp<T, Equ>);
  addComparison(table, "neu", type, setp<T, Neu>);
  addComparison(table, "ltu", type, setp<T, Ltu>);
  addComparison(table, "leu", type, setp<T, Leu>);
  addComparison(table, "gtu", type, setp<T, Gtu>);
  addComparison(table, "geu", type, setp<T, Geu>);
  addComparison(table, "num", type, setp<T, Num>);
  addComparison(table, "nan", type, setp<T, Nan>);
}

}  // namespace

void addComparisons(Opcodes& table) {
  addEquality<uint16_t>(table, "b16");
  addEquality<uint32_t>(table, "b32");
  addEquality<uint64_t>(table, "b64");
  addUnsigned<uint16_t>(table, "u16");
  addUnsigned<uint32_t>(table, "u32");
  addUnsigned<uint64_t>(table, "u64");
  addOrder<int16_t>(table, "s16");
  addOrder<int32_t>(table, "s32");
  addOrder<int64_t>(table, "s64");
  addFloat<float>(table, "f32");
  addFloat<double>(table, "f64");
  for (const char* name : {"b16", "u16", "s16", "b32", "u32", "s32", "f32", "b64", "u64", "s64", "f64"}) {
    Type t = Type::of(name);
    table.add(std::string("selp.") + name, selp,
              {{Role::kDestination, t}, {Role::kSource, t}, {Role::kSource, t}, {Role::kPredicate, {'p', 1}}});
  }
}

}  // namespace norma
