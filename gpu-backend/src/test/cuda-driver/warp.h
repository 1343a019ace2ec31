// 32 threads in lock step.
#pragma once

#include <cstdint>
#include <vector>

#include "kernel.h"

namespace norma {

class Block;

/** The state of a warp: its registers, which of its threads are active, and where they are. */
struct Warp {
  alignas(64) uint64_t laneMask[kWarpSize];  // all ones where the lane is active
  uint64_t* rows = nullptr;
  uint32_t active = 0;
  uint32_t all = 0;  // threads that there were at the start
  uint32_t pc = 0;
  uint32_t reconverge = kNone;  // the active threads wait there for the others
  int number = 0;               // in the block
  bool full = false;
  Block* block = nullptr;

  /** Threads that wait, below those that run. */
  struct Waiting {
    uint32_t lanes;
    uint32_t pc;
    uint32_t reconverge;
  };
  std::vector<Waiting> waiting;

  uint64_t* row(uint32_t index) { return rows + static_cast<size_t>(index) * kWarpSize; }

  void setActive(uint32_t lanes) {
    active = lanes;
    full = lanes == 0xffffffffu;
    for (int l = 0; l < kWarpSize; l++) {
      laneMask[l] = uint64_t{0} - static_cast<uint64_t>(lanes >> l & 1);
    }
  }

  void start(uint32_t lanes) {
    waiting.clear();
    pc = 0;
    reconverge = kNone;
    all = lanes;
    setActive(lanes);
  }

  /** The lanes, active or not, in which a predicate holds. */
  uint32_t holds(uint32_t predicate) {
    const uint64_t* bits = row(predicate);
    uint32_t result = 0;
    for (int l = 0; l < kWarpSize; l++) result |= static_cast<uint32_t>(bits[l] & 1) << l;
    return result;
  }
};

/** What a warp stopped at. */
enum class Stop { kDone, kBarrier };

/** Runs a warp until it is done or comes to a barrier. */
template <bool kCount>
Stop run(Warp& warp, const Kernel& kernel);

}  // namespace norma
