// An access of a warp to memory: where it goes, and whether it may.
#pragma once

#include <cstdint>

#include "launch.h"
#include "warp.h"

namespace norma {

/** The part of an access that lies in one region. */
struct Access {
  Region* region = nullptr;
  uint32_t lanes = 0;
  int bytes = 0;          // of each lane
  bool isRun = false;     // all lanes of a warp, one behind the other without gaps
  bool isShared = false;
  uint64_t offsets[kWarpSize];  // in the region
};

/** Finds the region of the first of these lanes, and those that lie in the same; checks nothing. */
void locate(Warp& w, const Instruction& i, const uint64_t* addresses, uint32_t lanes, int bytes,
            Access& result);

/** Throws a LaneFault if the addresses are not aligned. */
void checkAligned(const Warp& w, const uint64_t* addresses, int bytes);

/** Throws a LaneFault for memory that nothing wrote, and for races; marks what is written. */
void checkAccess(Warp& w, const Instruction& i, Access& x);

/** Counts an access, if the launch counts. */
void count(Warp& w, const Instruction& i, const Access& x);

/** Checks an access, and calls f with its part in each region. */
template <class F>
inline void forEachRegion(Warp& w, const Instruction& i, const uint64_t* addresses, int bytes, F f) {
  checkAligned(w, addresses, bytes);
  for (uint32_t rest = w.active; rest != 0;) {
    Access x;
    locate(w, i, addresses, rest, bytes, x);
    checkAccess(w, i, x);
    f(x);
    rest &= ~x.lanes;
  }
}

}  // namespace norma
