#include "access.h"

#include <cstring>
#include <string>

#include "cuda_abi.h"
#include "faults.h"

namespace norma {

void checkAligned(const Warp& w, const uint64_t* addresses, int bytes) {
  uint64_t low = 0;
  for (int l = 0; l < kWarpSize; l++) low |= addresses[l] & w.laneMask[l];
  if ((low & (bytes - 1)) == 0) return;
  for (int l = 0; l < kWarpSize; l++) {
    if ((w.active >> l & 1) && (addresses[l] & (bytes - 1)) != 0) {
      throw LaneFault{CUDA_ERROR_MISALIGNED_ADDRESS, l,
                      "misaligned access of " + std::to_string(bytes) + " bytes"};
    }
  }
}

namespace {

/** Whether it is meant for shared memory, be it there or not. */
bool isShared(const Instruction& i, uint64_t address) {
  return i.space == Space::kShared || address - kSharedWindow < (1 << 24);
}

Region* regionOf(Warp& w, const Instruction& i, uint64_t address, int bytes) {
  Block& block = *w.block;
  Launch& launch = block.launch();
  if (isShared(i, address)) return block.shared().contains(address, bytes) ? &block.shared() : nullptr;
  Region*& last = launch.lastRegions[i.site];
  if (last == nullptr || !last->contains(address, bytes)) {
    Region* found = launch.memory->find(address, bytes);
    if (found == nullptr) return nullptr;
    last = found;
  }
  if (last->launch != launch.number) {
    last->launch = launch.number;
    last->touched.nextEpoch();
  }
  return last;
}

[[noreturn]] void outOfBounds(Warp& w, const Instruction& i, uint64_t address, int lane, int bytes) {
  Block& block = *w.block;
  std::string where = isShared(i, address)
                          ? "byte " + std::to_string(static_cast<int64_t>(address - kSharedWindow)) +
                                " of shared memory, which has " +
                                std::to_string(block.launch().kernel->sharedBytes)
                          : block.launch().memory->describe(address);
  throw LaneFault{CUDA_ERROR_ILLEGAL_ADDRESS, lane,
                  std::string(i.isStore ? "write" : "read") + " of " + std::to_string(bytes) +
                      " bytes out of bounds: " + where};
}

bool isRun(const Access& x) {
  if (x.lanes != 0xffffffffu) return false;
  uint64_t different = 0;
  for (int l = 0; l < kWarpSize; l++) different |= x.offsets[l] ^ (x.offsets[0] + l * x.bytes);
  return different == 0;
}

std::string place(const Access& x, int lane) {
  std::string memory = x.isShared ? "shared memory" : "allocation " + std::to_string(x.region->number);
  return "byte " + std::to_string(x.offsets[lane]) + " of " + memory;
}

template <class F>
void forLanes(uint32_t lanes, F f) {
  for (uint32_t rest = lanes; rest != 0; rest &= rest - 1) f(__builtin_ctz(rest));
}

void checkWritten(const Access& x) {
  const uint8_t* written = x.region->written.data();
  if (x.isRun) {
    const uint8_t* first = written + x.offsets[0];
    uint8_t all = 0xff;
    for (int n = 0; n < kWarpSize * x.bytes; n++) all &= first[n];
    if (all == 0xff) return;
  }
  forLanes(x.lanes, [&](int l) {
    if (!x.region->isWritten(x.region->base + x.offsets[l], x.bytes)) {
      throw LaneFault{CUDA_ERROR_ILLEGAL_ADDRESS, l, "read of memory that nothing wrote: " + place(x, l)};
    }
  });
}

void markWritten(Access& x) {
  uint8_t* written = x.region->written.data();
  if (x.isRun) {
    std::memset(written + x.offsets[0], 0xff, kWarpSize * x.bytes);
  } else {
    forLanes(x.lanes, [&](int l) { std::memset(written + x.offsets[l], 0xff, x.bytes); });
  }
}

[[noreturn]] void race(const Instruction& i, const Access& x, int lane, uint64_t granule) {
  throw LaneFault{CUDA_ERROR_LAUNCH_FAILED, lane,
                  std::string("race: ") + (i.isStore ? "write" : "read") + " of " + place(x, lane) +
                      ", which " + x.region->touched.describe(granule) +
                      (x.isShared ? " since the last barrier" : " in the same launch")};
}

template <bool kStore>
void checkRaces(const Instruction& i, Access& x, uint64_t firstThread) {
  Touched& touched = x.region->touched;
  touched.prepare(x.bytes);
  int granules = x.bytes >> touched.shift();
  if (x.isRun && granules == 1) {
    uint64_t first = x.offsets[0] >> touched.shift();
    bool any = false;
    for (int l = 0; l < kWarpSize; l++) {
      bool bad = kStore ? touched.write(first + l, firstThread + l) : touched.read(first + l, firstThread + l);
      any |= bad;
      if (__builtin_expect(any, false)) race(i, x, l, first + l);
    }
    return;
  }
  forLanes(x.lanes, [&](int l) {
    uint64_t first = x.offsets[l] >> touched.shift();
    for (int n = 0; n < granules; n++) {
      bool bad = kStore ? touched.write(first + n, firstThread + l) : touched.read(first + n, firstThread + l);
      if (bad) race(i, x, l, first + n);
    }
  });
}

}  // namespace

void locate(Warp& w, const Instruction& i, const uint64_t* addresses, uint32_t lanes, int bytes,
            Access& result) {
  int first = __builtin_ctz(lanes);
  // A shared address is an offset; in the window it is an address like any other.
  uint64_t window = i.space == Space::kShared ? kSharedWindow : 0;
  result.region = regionOf(w, i, addresses[first] + window, bytes);
  if (result.region == nullptr) outOfBounds(w, i, addresses[first] + window, first, bytes);
  Region& region = *result.region;
  result.bytes = bytes;
  result.isShared = &region == &w.block->shared();
  uint64_t base = region.base - window;
  uint64_t last = region.size - bytes;
  uint64_t inside = 0;
  for (int l = 0; l < kWarpSize; l++) {
    result.offsets[l] = addresses[l] - base;
    inside |= static_cast<uint64_t>(result.offsets[l] <= last) << l;
  }
  result.lanes = lanes & static_cast<uint32_t>(inside);
  result.isRun = isRun(result);
}

void checkAccess(Warp& w, const Instruction& i, Access& x) {
  Block& block = *w.block;
  uint64_t thread = x.isShared ? block.threadInBlock(w) : block.threadInLaunch(w);
  if (i.isStore) {
    checkRaces<true>(i, x, thread);
    markWritten(x);
  } else {
    checkWritten(x);
    checkRaces<false>(i, x, thread);
  }
  if (block.launch().counters != nullptr) count(w, i, x);
}

void count(Warp& w, const Instruction& i, const Access& x) {
  Launch& launch = w.block->launch();
  uint64_t addresses[kWarpSize];
  for (int l = 0; l < kWarpSize; l++) addresses[l] = x.region->base + x.offsets[l];
  if (x.isShared) {
    countShared(*launch.counters, x.lanes, addresses, x.bytes);
  } else {
    int sectors = countGlobal(*launch.counters, i, *x.region, launch.number, x.lanes, addresses, x.bytes);
    int bytes = __builtin_popcount(x.lanes) * x.bytes;
    // What lanes look up together, of which there is less, is not counted as under way.
    if (!i.isStore && bytes <= sectors * kSector && holdsElements(*x.region)) {
      w.block->loads().add(bytes, *launch.counters);
    }
  }
}

}  // namespace norma
