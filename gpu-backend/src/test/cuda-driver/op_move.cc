// Moves between registers, packing and unpacking.
#include "lanes.h"
#include "memory.h"
#include "opcodes.h"

namespace norma {

namespace {

void move(Warp& w, const Instruction& i) {
  const uint64_t* a = w.row(i.a);
  writeRow(w, i.d, [=](int l) { return a[l]; });
}

// Addresses of shared memory are offsets; as generic ones they lie in a window of their own.
void sharedToGeneric(Warp& w, const Instruction& i) {
  unary<uint64_t, uint64_t>(w, i, [](uint64_t a) { return a + kSharedWindow; });
}

void genericToShared(Warp& w, const Instruction& i) {
  unary<uint64_t, uint64_t>(w, i, [](uint64_t a) { return a - kSharedWindow; });
}

}  // namespace

/** mov.b64 d, {a, b}: the first lies in the lowest bits. */
void pack(Warp& w, const Instruction& i) {
  int bits = i.width / i.count;
  const uint64_t* part[4];
  for (int n = 0; n < i.count; n++) part[n] = w.row(i.vector[n]);
  int count = i.count;
  writeRow(w, i.d, [=, &part](int l) {
    uint64_t result = 0;
    for (int n = 0; n < count; n++) result |= part[n][l] << bits * n;
    return result;
  });
}

/** mov.b64 {d, e}, a. */
void unpack(Warp& w, const Instruction& i) {
  int bits = i.width / i.count;
  uint64_t keep = (uint64_t{1} << bits) - 1;
  uint64_t whole[kWarpSize];
  // The source may be one of the destinations' rows only if it is of their width: it is not.
  for (int l = 0; l < kWarpSize; l++) whole[l] = w.row(i.a)[l];
  const uint64_t* from = whole;
  for (int n = 0; n < i.count; n++) {
    if (i.vector[n] != kNone) {
      writeRow(w, i.vector[n], [=](int l) { return from[l] >> bits * n & keep; });
    }
  }
}

void addMoves(Opcodes& table) {
  for (const char* name :
       {"pred", "b16", "u16", "s16", "b32", "u32", "s32", "f32", "b64", "u64", "s64", "f64"}) {
    Type t = Type::of(name);
    table.add(std::string("mov.") + name, move, {{Role::kDestination, t}, {Role::kSource, t}});
  }
  Type u64{'u', 64};
  std::vector<Slot> address{{Role::kDestination, u64}, {Role::kSource, u64}};
  table.add("cvta.global.u64", move, address);
  table.add("cvta.to.global.u64", move, address);
  table.add("cvta.shared.u64", sharedToGeneric, address);
  table.add("cvta.to.shared.u64", genericToShared, address);
}

}  // namespace norma
