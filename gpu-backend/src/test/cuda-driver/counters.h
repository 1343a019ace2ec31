// What kernels did, added up over launches.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "kernel.h"

namespace norma {

struct Warp;
class Region;

/** An instruction that reads or writes global memory. */
struct SiteCounter {
  uint64_t accesses = 0;  // by warps
  uint64_t sectors = 0;   // of 32 bytes, touched by each access
  uint64_t fewest = 0;    // sectors that would hold as many bytes
  uint64_t bytes = 0;
};

struct KernelCounters {
  uint64_t launches = 0;
  uint64_t blocks = 0;
  std::vector<uint64_t> warpInstructions;    // by instruction
  std::vector<uint64_t> threadInstructions;  // by instruction
  std::vector<SiteCounter> sites;
  uint64_t distinctSectors[2] = {0, 0};  // read and written, once for each launch
  uint64_t elementSectors[2] = {0, 0};   // of elements, touched by each access
  uint64_t elementDistinct[2] = {0, 0};  // of elements, once for each launch
  uint64_t sharedAccesses = 0;
  uint64_t bankConflicts = 0;  // cycles beyond the fewest
  uint64_t barriers = 0;       // by warps
  uint64_t mostLoads = 0;      // in flight in a warp
  uint64_t mostLoadBytes = 0;  // of elements

  void prepare(const Kernel& kernel);
};

constexpr int kSector = 32;

/** Loads that a warp has issued and not used yet, if a use waits for all older ones too. */
class LoadsInFlight {
 public:
  void start(uint32_t rows);
  void use(uint32_t row);
  void issue(uint32_t row);
  void overwrite(uint32_t row) { load_[row] = 0; }
  void issued(KernelCounters& counters);

  /** Adds the bytes of the load that was issued last. */
  void add(uint64_t bytes, KernelCounters& counters);

 private:
  std::vector<uint64_t> load_;   // by row, the number of the load that fills it
  std::vector<uint64_t> bytes_;  // of all loads together up to each one
  uint64_t oldest_ = 0;
};

/** Whether memory holds elements, as the test says. */
bool holdsElements(const Region& region);

/** Counts an access of a warp to global memory, and returns how many sectors it asks for. */
int countGlobal(KernelCounters& counters, const Instruction& i, Region& region, uint64_t launch,
                uint32_t lanes, const uint64_t* addresses, int bytes);

/** Counts an access of a warp to the 32 banks of shared memory, each 4 bytes wide. */
void countShared(KernelCounters& counters, uint32_t lanes, const uint64_t* addresses, int bytes);

/** Writes the counters of a kernel as a JSON object. */
std::string toJson(const Kernel& kernel, const KernelCounters& counters);

}  // namespace norma
