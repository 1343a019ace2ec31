#include "launch.h"

#include <cfenv>
#include <cstring>
#include <memory>
#include <numeric>

#include "cuda_abi.h"
#include "faults.h"
#include "opcodes.h"

namespace norma {

namespace {

/** The n-th of so many things, in an order that the seed chooses; 0 leaves them as they are. */
uint64_t shuffled(uint64_t n, uint64_t count, uint64_t seed) {
  if (seed == 0 || count < 2) return n;
  uint64_t mixed = seed * 0x9e3779b97f4a7c15 + 0x632be59bd9b4e019;
  uint64_t step = 1 + (mixed >> 20) % count;
  while (std::gcd(step, count) != 1) step++;
  return (n * step + (mixed >> 40) % count) % count;
}

/** Registers of the warps of a block, kept from launch to launch. */
uint64_t* registerFile(size_t lanes) {
  static std::unique_ptr<uint64_t[]> memory;
  static size_t size = 0;
  if (size < lanes + 8) {
    size = 2 * lanes + 8;
    memory.reset(new uint64_t[size]());
  }
  auto address = reinterpret_cast<uintptr_t>(memory.get());
  return reinterpret_cast<uint64_t*>((address + 63) / 64 * 64);
}

std::string triple(const uint32_t* v) {
  return "(" + std::to_string(v[0]) + ", " + std::to_string(v[1]) + ", " + std::to_string(v[2]) + ")";
}

}  // namespace

Block::Block(Launch& launch)
    : launch_(launch), shared_(kSharedWindow, launch.kernel->sharedBytes, 0) {
  const Kernel& kernel = *launch.kernel;
  uint32_t count = (launch.threads() + kWarpSize - 1) / kWarpSize;
  size_t size = static_cast<size_t>(kernel.rows) * kWarpSize;
  uint64_t* file = registerFile(count * size);
  warps_.resize(count);
  done_.resize(count);
  for (uint32_t n = 0; n < count; n++) {
    warps_[n].block = this;
    warps_[n].number = static_cast<int>(n);
    warps_[n].rows = file + n * size;
    fillConstants(warps_[n]);
  }
}

void Block::fillConstants(Warp& w) {
  for (const Constant& c : launch_.kernel->constants) {
    uint64_t* row = w.row(c.row);
    for (int l = 0; l < kWarpSize; l++) row[l] = c.bits;
  }
}

uint64_t Block::special(Special which, int thread) const {
  const uint32_t* size = launch_.block;
  auto axis = static_cast<int>(which) % 3;
  switch (which) {
    case Special::kTidX:
      return thread % size[0];
    case Special::kTidY:
      return thread / size[0] % size[1];
    case Special::kTidZ:
      return thread / size[0] / size[1];
    case Special::kLaneId:
      return thread % kWarpSize;
    case Special::kWarpId:
      return thread / kWarpSize;
    default:
      if (which <= Special::kNtidZ) return size[axis];
      return which <= Special::kCtaidZ ? place_[axis] : launch_.grid[axis];
  }
}

void Block::place(Warp& w) {
  for (const SpecialRow& s : launch_.kernel->specials) {
    uint64_t* row = w.row(s.row);
    for (int l = 0; l < kWarpSize; l++) row[l] = special(s.special, w.number * kWarpSize + l);
  }
  uint32_t threads = launch_.threads() - w.number * kWarpSize;
  w.start(threads >= kWarpSize ? 0xffffffffu : (1u << threads) - 1);
}

void Block::run(uint64_t index) {
  index_ = index;
  place_[0] = static_cast<uint32_t>(index % launch_.grid[0]);
  place_[1] = static_cast<uint32_t>(index / launch_.grid[0] % launch_.grid[1]);
  place_[2] = static_cast<uint32_t>(index / launch_.grid[0] / launch_.grid[1]);
  for (Warp& w : warps_) place(w);
  std::fill(done_.begin(), done_.end(), false);
  std::fill(shared_.written.begin(), shared_.written.end(), 0);
  for (uint64_t phase = 0; runPhase(phase); phase++) {
  }
  if (launch_.counters != nullptr) launch_.counters->blocks++;
}

/** Runs all warps up to the next barrier; returns whether there was one. */
bool Block::runPhase(uint64_t phase) {
  shared_.touched.nextEpoch();
  size_t ended = 0;
  uint64_t seed = launch_.seed == 0 ? 0 : launch_.seed + index_ + phase;
  for (size_t n = 0; n < warps_.size(); n++) {
    size_t which = shuffled(n, warps_.size(), seed);
    done_[which] = runWarp(warps_[which]) == Stop::kDone;
    ended += done_[which];
  }
  if (ended == warps_.size()) return false;
  checkBarrier();
  if (launch_.counters != nullptr) launch_.counters->barriers += warps_.size();
  return true;
}

/** All warps must have come to the same barrier. */
void Block::checkBarrier() const {
  size_t waits = 0;
  while (done_[waits]) waits++;
  for (size_t n = 0; n < warps_.size(); n++) {
    if (!done_[n] && warps_[n].pc == warps_[waits].pc) continue;
    const Instruction& barrier = launch_.kernel->code[warps_[waits].pc - 1];
    throw DeviceFault(CUDA_ERROR_LAUNCH_FAILED,
                      "kernel " + launch_.kernel->name + ", line " + std::to_string(barrier.line) +
                          ", block " + triple(place_) + ": barrier that warp " +
                          std::to_string(waits) + " waits at is not reached by warp " +
                          std::to_string(n) + (done_[n] ? ", which has ended" : ", which waits at another"));
  }
}

Stop Block::runWarp(Warp& w) {
  const Kernel& kernel = *launch_.kernel;
  try {
    if (launch_.counters == nullptr) return norma::run<false>(w, kernel);
    loads_.start(kernel.rows);
    return norma::run<true>(w, kernel);
  } catch (const LaneFault& fault) {
    throw DeviceFault(fault.code, describe(w, fault.lane) + ": " + fault.what);
  }
}

std::string Block::describe(const Warp& w, int lane) const {
  const Instruction& i = launch_.kernel->code[w.pc];
  uint32_t thread[3];
  for (int axis = 0; axis < 3; axis++) {
    thread[axis] = static_cast<uint32_t>(special(static_cast<Special>(axis), w.number * kWarpSize + lane));
  }
  return "kernel " + launch_.kernel->name + ", line " + std::to_string(i.line) + ", " +
         opcodeName(i.opcode) + ", block " + triple(place_) + ", thread " + triple(thread);
}

void execute(Launch& launch) {
  static uint64_t launches = 0;
  launch.number = ++launches;
  launch.lastRegions.assign(launch.kernel->sites.size(), nullptr);
  // The thread of the caller may round otherwise, or flush subnormals.
  fenv_t caller;
  fegetenv(&caller);
  fesetenv(FE_DFL_ENV);
  struct Restore {
    fenv_t* env;
    ~Restore() { fesetenv(env); }
  } restore{&caller};
  if (launch.counters != nullptr) launch.counters->launches++;
  Block block(launch);
  uint64_t count = launch.blocks();
  for (uint64_t n = 0; n < count; n++) block.run(shuffled(n, count, launch.seed));
}

}  // namespace norma
