// One launch of a kernel: its blocks, one after the other.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "counters.h"
#include "kernel.h"
#include "memory.h"
#include "warp.h"

namespace norma {

struct Launch {
  const Kernel* kernel = nullptr;
  uint32_t grid[3] = {1, 1, 1};
  uint32_t block[3] = {1, 1, 1};
  std::vector<uint8_t> parameters;
  Memory* memory = nullptr;
  KernelCounters* counters = nullptr;  // null: nothing is counted
  uint64_t seed = 0;                   // not 0: blocks and warps run in another order

  uint64_t number = 0;                  // of all launches, set by execute
  std::vector<Region*> lastRegions;     // by site, to find them again

  uint64_t blocks() const { return uint64_t{grid[0]} * grid[1] * grid[2]; }
  uint32_t threads() const { return block[0] * block[1] * block[2]; }
};

/** Runs all blocks. Throws a DeviceFault that says what was wrong, and where. */
void execute(Launch& launch);

/** The block that is running. */
class Block {
 public:
  explicit Block(Launch& launch);
  Block(const Block&) = delete;

  void run(uint64_t index);

  Launch& launch() { return launch_; }
  Region& shared() { return shared_; }
  LoadsInFlight& loads() { return loads_; }

  /** Numbers threads from 1, in the launch and in the block, as the shadow of memory does. */
  uint64_t threadInLaunch(const Warp& w) const {
    constexpr uint64_t kLargest = Touched::kThread - 2048;
    return 1 + (index_ * launch_.threads() + w.number * kWarpSize) % kLargest;
  }
  uint64_t threadInBlock(const Warp& w) const { return 1 + w.number * kWarpSize; }

  std::string describe(const Warp& w, int lane) const;

 private:
  void fillConstants(Warp& w);
  void place(Warp& w);
  uint64_t special(Special which, int thread) const;
  bool runPhase(uint64_t phase);
  void checkBarrier() const;
  Stop runWarp(Warp& w);

  Launch& launch_;
  Region shared_;
  LoadsInFlight loads_;  // of the warp that runs, up to its next barrier
  std::vector<Warp> warps_;
  std::vector<bool> done_;
  uint64_t index_ = 0;
  uint32_t place_[3] = {0, 0, 0};
};

}  // namespace norma
