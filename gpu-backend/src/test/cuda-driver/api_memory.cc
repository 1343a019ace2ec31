// Memory of devices, and pinned memory of the host.
#include <cstdlib>
#include <new>

#include "call.h"
#include "options.h"

using namespace norma;

namespace {

uint64_t freeBytes(const Context& context) {
  return static_cast<uint64_t>(option(Option::kMemory)) - context.memory.used();
}

void* allocateHost(Driver& driver, Context& context, size_t bytes) {
  checkFailed(context);
  if (bytes == 0) throw CallError{CUDA_ERROR_INVALID_VALUE, "allocation of 0 bytes"};
  if (countDown(Option::kFailAlloc)) throw CallError{CUDA_ERROR_OUT_OF_MEMORY, ""};
  void* memory = std::aligned_alloc(4096, (bytes + 4095) / 4096 * 4096);
  if (memory == nullptr) throw CallError{CUDA_ERROR_OUT_OF_MEMORY, ""};
  driver.hostMemory[reinterpret_cast<uintptr_t>(memory)] = {bytes, &context};
  return memory;
}

}  // namespace

NORMA_EXPORT CUresult cuMemGetInfo_v2(size_t* unused, size_t* total) {
  return callInContext(__func__, [=](Driver&, Context& context) {
    checkPointer(unused);
    checkPointer(total);
    checkFailed(context);
    *unused = freeBytes(context);
    *total = static_cast<size_t>(option(Option::kMemory));
  });
}

NORMA_EXPORT CUresult cuMemAlloc_v2(CUdeviceptr* address, size_t bytes) {
  return callInContext(__func__, [=](Driver&, Context& context) {
    checkPointer(address);
    checkFailed(context);
    if (bytes == 0) throw CallError{CUDA_ERROR_INVALID_VALUE, "allocation of 0 bytes"};
    if (countDown(Option::kFailAlloc)) throw CallError{CUDA_ERROR_OUT_OF_MEMORY, ""};
    if (bytes > freeBytes(context)) throw CallError{CUDA_ERROR_OUT_OF_MEMORY, ""};
    try {
      *address = context.memory.allocate(bytes).base;
    } catch (const std::bad_alloc&) {
      throw CallError{CUDA_ERROR_OUT_OF_MEMORY, ""};
    }
  });
}

// Memory is forgotten after a failure too: what could not be freed is no leak of the caller's.
NORMA_EXPORT CUresult cuMemFree_v2(CUdeviceptr address) {
  return callInContext(__func__, [=](Driver&, Context& context) {
    if (address == 0) return;
    std::string what = context.memory.describe(address);
    if (!context.memory.release(address)) {
      throw CallError{CUDA_ERROR_INVALID_VALUE, "address that is not the start of an allocation: " + what};
    }
  });
}

NORMA_EXPORT CUresult cuMemAllocHost_v2(void** address, size_t bytes) {
  return callInContext(__func__, [=](Driver& driver, Context& context) {
    checkPointer(address);
    *address = allocateHost(driver, context, bytes);
  });
}

NORMA_EXPORT CUresult cuMemHostAlloc(void** address, size_t bytes, unsigned) {
  return callInContext(__func__, [=](Driver& driver, Context& context) {
    checkPointer(address);
    *address = allocateHost(driver, context, bytes);
  });
}

NORMA_EXPORT CUresult cuMemFreeHost(void* address) {
  return callInContext(__func__, [=](Driver& driver, Context&) {
    if (driver.hostMemory.erase(reinterpret_cast<uintptr_t>(address)) == 0) {
      throw CallError{CUDA_ERROR_INVALID_VALUE, "host memory that is not pinned, or was freed already"};
    }
    std::free(address);
  });
}
