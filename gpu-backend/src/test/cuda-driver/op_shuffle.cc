// Exchange between the lanes of a warp.
#include "cuda_abi.h"
#include "faults.h"
#include "lanes.h"
#include "opcodes.h"

namespace norma {

namespace {

enum Mode : uint8_t { kUp, kDown, kButterfly, kIndex };

/** The lane that a lane reads, or -1 if that is outside of its segment. */
int source(Mode mode, int lane, int b, int clamp, int segment) {
  int first = lane & segment;
  int last = first | (clamp & ~segment);
  switch (mode) {
    case kUp:
      return lane - b >= last ? lane - b : -1;
    case kDown:
      return lane + b <= last ? lane + b : -1;
    case kButterfly:
      return (lane ^ b) <= last ? lane ^ b : -1;
    default: {
      int j = first | (b & ~segment);
      return j <= last ? j : -1;
    }
  }
}

std::string hex(uint32_t v) {
  const char* digits = "0123456789abcdef";
  std::string result = "0x";
  for (int n = 28; n >= 0; n -= 4) result += digits[v >> n & 15];
  return result;
}

void checkMask(const Warp& w, int lane, uint32_t mask) {
  if (mask == w.active) return;
  throw LaneFault{CUDA_ERROR_LAUNCH_FAILED, lane,
                  "shuffle with the mask " + hex(mask) + " while the threads " + hex(w.active) + " execute it"};
}

void checkSource(const Warp& w, int lane, int from) {
  if (w.active >> from & 1) return;
  throw LaneFault{CUDA_ERROR_LAUNCH_FAILED, lane,
                  "shuffle from lane " + std::to_string(from) + ", which is not active"};
}

/** Whether all lanes execute it with all lanes in their masks, and read others for certain. */
bool isWholeButterfly(Warp& w, const Instruction& i) {
  if (i.mode != kButterfly || !w.full) return false;
  const uint64_t* c = w.row(i.c);
  const uint64_t* mask = w.row(i.e);
  uint64_t different = 0;
  for (int l = 0; l < kWarpSize; l++) different |= (mask[l] ^ 0xffffffffu) | ((c[l] ^ 31) & 0x1f1f);
  return different == 0;
}

/** What most shuffles are, in the form of a vector. */
void wholeButterfly(Warp& w, const Instruction& i) {
  uint64_t values[kWarpSize];
  const uint64_t* a = w.row(i.a);
  const uint64_t* b = w.row(i.b);
  for (int l = 0; l < kWarpSize; l++) values[l] = a[l ^ (b[l] & 31)];
  const uint64_t* v = values;
  writeRow(w, i.d, [=](int l) { return v[l]; });
  if (i.d2 != kNone) writeRow(w, i.d2, [](int) { return uint64_t{1}; });
}

void shuffle(Warp& w, const Instruction& i) {
  if (isWholeButterfly(w, i)) {
    wholeButterfly(w, i);
    return;
  }
  const uint64_t* a = w.row(i.a);
  const uint64_t* b = w.row(i.b);
  const uint64_t* c = w.row(i.c);
  const uint64_t* mask = w.row(i.e);
  uint64_t values[kWarpSize] = {};
  uint64_t inside[kWarpSize] = {};
  for (int l = 0; l < kWarpSize; l++) {
    if ((w.active >> l & 1) == 0) continue;
    checkMask(w, l, static_cast<uint32_t>(mask[l]));
    int from = source(static_cast<Mode>(i.mode), l, b[l] & 31, c[l] & 31, c[l] >> 8 & 31);
    inside[l] = from >= 0;
    if (from < 0) from = l;
    checkSource(w, l, from);
    values[l] = a[from];
  }
  const uint64_t* v = values;
  const uint64_t* p = inside;
  writeRow(w, i.d, [=](int l) { return v[l]; });
  if (i.d2 != kNone) writeRow(w, i.d2, [=](int l) { return p[l]; });
}

}  // namespace

void addShuffles(Opcodes& table) {
  Type b32{'b', 32};
  const char* names[] = {"up", "down", "bfly", "idx"};
  for (uint8_t mode = kUp; mode <= kIndex; mode++) {
    table.add(std::string("shfl.sync.") + names[mode] + ".b32", shuffle,
              {{Role::kPairDestination, b32},
               {Role::kSource, b32},
               {Role::kSource, b32},
               {Role::kSource, b32},
               {Role::kSource, b32}}).mode = mode;
  }
}

void addFlow(Opcodes& table) {
  table.add("bra", nullptr, {{Role::kTarget, {}}}).flow = Flow::kBranch;
  Opcode& uniform = table.add("bra.uni", nullptr, {{Role::kTarget, {}}});
  uniform.flow = Flow::kBranch;
  uniform.uniform = true;
  table.add("ret", nullptr, {}).flow = Flow::kReturn;
  table.add("exit", nullptr, {}).flow = Flow::kReturn;
  table.add("trap", nullptr, {}).flow = Flow::kTrap;
  table.add("bar.sync", nullptr, {{Role::kBarrierNumber, {}}}).flow = Flow::kBarrier;
  table.add("barrier.sync", nullptr, {{Role::kBarrierNumber, {}}}).flow = Flow::kBarrier;
}

}  // namespace norma
