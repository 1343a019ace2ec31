// What tests set, by environment variables when the library is loaded (NORMA_TEST_SEED=7) and later
// by norma_test_set("seed", 7).
#pragma once

#include <cstdint>
#include <string>

namespace norma {

/** An option; all are read and written under the lock of the driver. */
enum class Option {
  kSeed,         // not 0: blocks and warps run in the order that it chooses
  kDelay,        // 1: asynchronous work is done when something waits for it, not before
  kDevices,      // how many there are, 1 or 2
  kMemory,       // bytes of each
  kCapability,   // 70 for 7.0
  kCount,        // not 0: kernels are counted; allocations of so many bytes hold elements, by 1 all
  kVerbose,      // 1: complaints go to standard error too
  kCheckCopies,  // 1: copies to the host of bytes that nothing wrote fail
  kFailCall,     // the n-th call from now fails with CUDA_ERROR_UNKNOWN
  kFailAlloc,    // the n-th allocation, of device or host memory, fails for lack of it
  kFailLaunch,   // the n-th launch is refused
  kFailKernel,   // the n-th kernel fails while it runs, and its context with it
  kFailModule,   // the n-th module is refused
  kLoseDevice,   // with the n-th call its device is lost
  kOptions
};

int64_t option(Option which);

/** Sets an option by name; returns whether there is one. */
bool setOption(const std::string& name, int64_t value);

/** Goes back to the environment's values. */
void resetOptions();

/** Counts down an option that fails the n-th of something; returns whether this is the one. */
bool countDown(Option which);

}  // namespace norma
