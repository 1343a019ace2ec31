// Loads and stores, with every check that they undergo.
#include <cstring>

#include "access.h"
#include "lanes.h"
#include "launch.h"
#include "opcodes.h"

namespace norma {

namespace {

/** Moves one element of each lane from memory to a row. */
template <class U>
void loadElements(Warp& w, uint32_t row, const Access& x, int element) {
  const uint8_t* from = x.region->data + element * sizeof(U);
  if (x.isRun && w.full && x.bytes == sizeof(U)) {
    const uint8_t* first = from + x.offsets[0];
    writeRow(w, row, [=](int l) {
      U v;
      std::memcpy(&v, first + l * sizeof(U), sizeof(U));
      return toLane(v);
    });
    return;
  }
  uint64_t* out = w.row(row);
  for (uint32_t rest = x.lanes; rest != 0; rest &= rest - 1) {
    int l = __builtin_ctz(rest);
    U v;
    std::memcpy(&v, from + x.offsets[l], sizeof(U));
    out[l] = toLane(v);
  }
}

template <class U>
void storeElements(Warp& w, uint32_t row, const Access& x, int element) {
  const uint64_t* values = w.row(row);
  uint8_t* to = x.region->data + element * sizeof(U);
  for (uint32_t rest = x.lanes; rest != 0; rest &= rest - 1) {
    int l = __builtin_ctz(rest);
    U v = fromLane<U>(values[l]);
    std::memcpy(to + x.offsets[l], &v, sizeof(U));
  }
}

uint32_t element(const Instruction& i, int n) { return i.count == 1 ? i.d : i.vector[n]; }

/** Extends the sign of a loaded value to the width of its register. */
template <class U>
void extendSign(Warp& w, const Instruction& i, uint32_t row) {
  using S = std::make_signed_t<U>;
  const uint64_t* from = w.row(row);
  uint64_t keep = i.width >= 64 ? ~uint64_t{0} : (uint64_t{1} << i.width) - 1;
  writeRow(w, row, [=](int l) {
    return static_cast<uint64_t>(static_cast<int64_t>(fromLane<S>(from[l]))) & keep;
  });
}

template <class U>
void load(Warp& w, const Instruction& i) {
  uint64_t addresses[kWarpSize];
  const uint64_t* base = w.row(i.a);
  for (int l = 0; l < kWarpSize; l++) addresses[l] = base[l] + i.offset;
  forEachRegion(w, i, addresses, sizeof(U) * i.count, [&](const Access& x) {
    for (int n = 0; n < i.count; n++) {
      if (element(i, n) != kNone) loadElements<U>(w, element(i, n), x, n);
    }
  });
  for (int n = 0; i.mode == 1 && n < i.count; n++) extendSign<U>(w, i, element(i, n));
}

template <class U>
void store(Warp& w, const Instruction& i) {
  uint64_t addresses[kWarpSize];
  const uint64_t* base = w.row(i.a);
  for (int l = 0; l < kWarpSize; l++) addresses[l] = base[l] + i.offset;
  forEachRegion(w, i, addresses, sizeof(U) * i.count, [&](const Access& x) {
    for (int n = 0; n < i.count; n++) storeElements<U>(w, element(i, n), x, n);
  });
}

template <class U>
void loadParameter(Warp& w, const Instruction& i) {
  const uint8_t* from = w.block->launch().parameters.data() + i.offset;
  for (int n = 0; n < i.count; n++) {
    U v;
    std::memcpy(&v, from + n * sizeof(U), sizeof(U));
    uint64_t bits = toLane(v);
    writeRow(w, element(i, n), [=](int) { return bits; });
    if (i.mode == 1) extendSign<U>(w, i, element(i, n));
  }
}

struct SpaceName {
  const char* name;
  Space space;
};

template <class U>
void addAccess(Opcodes& table, const std::string& vector, int count, const SpaceName& space,
               const std::string& name) {
  Type type = Type::of(name);
  std::string end = std::string(space.name) + vector + "." + name;
  bool parameter = space.space == Space::kParam;
  for (const char* cached : {"", ".nc"}) {
    if (*cached != 0 && space.space != Space::kGlobal) continue;
    std::string loadName = std::string("ld") + space.name + cached + vector + "." + name;
    Opcode& o = table.add(loadName, parameter ? loadParameter<U> : load<U>,
                          {{Role::kWideDestination, type}, {Role::kAddress, {'u', 64}}});
    o.space = space.space;
    o.count = static_cast<uint8_t>(count);
    o.mode = type.kind == 's' ? 1 : 0;
    o.isLoad = !parameter;
  }
  if (parameter) return;
  Opcode& o = table.add("st" + end, store<U>, {{Role::kAddress, {'u', 64}}, {Role::kWideSource, type}});
  o.space = space.space;
  o.count = static_cast<uint8_t>(count);
  o.isStore = true;
}

template <class U>
void addWidth(Opcodes& table, const std::string& bits, const std::string& kinds) {
  for (const SpaceName& space : {SpaceName{"", Space::kGeneric},
                                 SpaceName{".global", Space::kGlobal},
                                 SpaceName{".shared", Space::kShared},
                                 SpaceName{".param", Space::kParam}}) {
    for (char kind : kinds) {
      std::string name = kind + bits;
      addAccess<U>(table, "", 1, space, name);
      addAccess<U>(table, ".v2", 2, space, name);
      if (sizeof(U) < 8) addAccess<U>(table, ".v4", 4, space, name);
    }
  }
}

}  // namespace

void addAccesses(Opcodes& table) {
  addWidth<uint8_t>(table, "8", "bus");
  addWidth<uint16_t>(table, "16", "bus");
  addWidth<uint32_t>(table, "32", "busf");
  addWidth<uint64_t>(table, "64", "busf");
}

}  // namespace norma
