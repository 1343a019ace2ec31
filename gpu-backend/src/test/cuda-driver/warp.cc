#include "warp.h"

#include "cuda_abi.h"
#include "faults.h"
#include "launch.h"

namespace norma {

namespace {

/**
 * Goes on with those threads that have waited for the shortest time; false: there are none. All of
 * them are still there: threads that wait for others meet them before any of them can return.
 */
bool resume(Warp& w) {
  if (w.waiting.empty()) return false;
  Warp::Waiting next = w.waiting.back();
  w.waiting.pop_back();
  w.setActive(next.lanes);
  w.pc = next.pc;
  w.reconverge = next.reconverge;
  return true;
}

uint32_t lanesThatHold(Warp& w, const Instruction& i) {
  uint32_t holds = w.holds(i.guard);
  return w.active & (i.guardNegated ? ~holds : holds);
}

/** Runs an instruction in those threads whose predicate holds. */
void runGuarded(Warp& w, const Instruction& i) {
  uint32_t all = w.active;
  uint32_t lanes = lanesThatHold(w, i);
  if (lanes == 0) return;
  if (lanes != all) w.setActive(lanes);
  i.run(w, i);
  if (lanes != all) w.setActive(all);
}

/**
 * Threads that branch run first; the others wait, and below them the point at which all go on
 * together, unless that is where all of them end anyway.
 */
void diverge(Warp& w, const Instruction& i, uint32_t taken) {
  uint32_t meet = i.reconverge == kNone ? w.reconverge : i.reconverge;
  if (meet != w.reconverge) w.waiting.push_back({w.active, meet, w.reconverge});
  w.waiting.push_back({w.active & ~taken, w.pc + 1, meet});
  w.setActive(taken);
  w.pc = i.target;
  w.reconverge = meet;
}

void branch(Warp& w, const Instruction& i) {
  uint32_t taken = i.guard == kNone ? w.active : lanesThatHold(w, i);
  if (taken == w.active) {
    w.pc = i.target;
  } else if (taken == 0) {
    w.pc++;
  } else if (i.uniform) {
    throw LaneFault{CUDA_ERROR_LAUNCH_FAILED, __builtin_ctz(taken), "bra.uni that is not uniform"};
  } else {
    diverge(w, i, taken);
  }
}

/** Ends threads; returns whether others go on. */
bool leave(Warp& w, const Instruction& i) {
  uint32_t leaving = i.guard == kNone ? w.active : lanesThatHold(w, i);
  if (leaving == w.active) return resume(w);
  if (leaving != 0) w.setActive(w.active & ~leaving);
  w.pc++;
  return true;
}

void arrive(Warp& w, const Instruction& i) {
  if (i.guard != kNone && lanesThatHold(w, i) != w.active) {
    throw LaneFault{CUDA_ERROR_LAUNCH_FAILED, __builtin_ctz(w.active), "barrier under a predicate"};
  }
  if (w.active != w.all) {
    throw LaneFault{CUDA_ERROR_LAUNCH_FAILED, __builtin_ctz(w.all & ~w.active),
                    "barrier in divergent code, which this thread does not reach"};
  }
}

void trap(Warp& w, const Instruction& i) {
  uint32_t lanes = i.guard == kNone ? w.active : lanesThatHold(w, i);
  if (lanes != 0) throw LaneFault{CUDA_ERROR_LAUNCH_FAILED, __builtin_ctz(lanes), "trap"};
  w.pc++;
}

void countInstruction(Warp& w, const Kernel& kernel, KernelCounters& counters) {
  const Instruction& i = kernel.code[w.pc];
  counters.warpInstructions[w.pc]++;
  counters.threadInstructions[w.pc] += __builtin_popcount(w.active);
  LoadsInFlight& loads = w.block->loads();
  for (uint32_t row : kernel.reads[w.pc]) loads.use(row);
  const std::vector<uint32_t>& writes = kernel.writes[w.pc];
  if (i.isLoad && i.site != kNone) {
    for (uint32_t row : writes) loads.issue(row);
    loads.issued(counters);
  } else {
    for (uint32_t row : writes) loads.overwrite(row);
  }
}

}  // namespace

template <bool kCount>
Stop run(Warp& w, const Kernel& kernel) {
  const Instruction* code = kernel.code.data();
  for (;;) {
    if (w.pc == w.reconverge) {
      if (!resume(w)) return Stop::kDone;
      continue;
    }
    const Instruction& i = code[w.pc];
    if (kCount) countInstruction(w, kernel, *w.block->launch().counters);
    switch (i.flow) {
      case Flow::kPlain:
        if (__builtin_expect(i.guard == kNone, true)) {
          i.run(w, i);
        } else {
          runGuarded(w, i);
        }
        w.pc++;
        break;
      case Flow::kBranch:
        branch(w, i);
        break;
      case Flow::kReturn:
        if (!leave(w, i)) return Stop::kDone;
        break;
      case Flow::kBarrier:
        arrive(w, i);
        w.pc++;
        return Stop::kBarrier;
      case Flow::kTrap:
        trap(w, i);
        break;
    }
  }
}

template Stop run<false>(Warp& warp, const Kernel& kernel);
template Stop run<true>(Warp& warp, const Kernel& kernel);

}  // namespace norma
