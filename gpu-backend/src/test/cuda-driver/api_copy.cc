// Copies between host and device, and within a device.
#include <cstring>

#include "call.h"
#include "options.h"

using namespace norma;

namespace {

/** The region that holds these bytes when the work is done, not when it is asked for. */
Region& regionOf(Context& context, CUdeviceptr address, size_t bytes, const char* name) {
  Region* region = context.memory.find(address, bytes);
  if (region != nullptr) return *region;
  throw DeviceFault(CUDA_ERROR_ILLEGAL_ADDRESS, std::string(name) + " of " + std::to_string(bytes) +
                                                    " bytes out of bounds: " + context.memory.describe(address));
}

void checkWritten(const Region& region, CUdeviceptr address, size_t bytes, const char* name) {
  if (option(Option::kCheckCopies) == 0 || region.isWritten(address, bytes)) return;
  size_t first = 0;
  while (region.written[address - region.base + first] == 0xff) first++;
  throw DeviceFault(CUDA_ERROR_ILLEGAL_ADDRESS,
                    std::string(name) + ": read of memory that nothing wrote: byte " +
                        std::to_string(address - region.base + first) + " of allocation " + std::to_string(region.number));
}

void checkPinned(const void* host, size_t bytes, const char* name) {
  if (Driver::get().hostBlock(host, bytes) != nullptr) return;
  throw DeviceFault(CUDA_ERROR_ILLEGAL_ADDRESS, std::string(name) + ": host memory that is no longer pinned");
}

void toDevice(Context& context, CUdeviceptr to, const void* from, size_t bytes, const char* name) {
  Region& region = regionOf(context, to, bytes, name);
  std::memcpy(region.at(to), from, bytes);
  std::memset(region.writtenAt(to), 0xff, bytes);
}

void toHost(Context& context, void* to, CUdeviceptr from, size_t bytes, const char* name) {
  Region& region = regionOf(context, from, bytes, name);
  checkWritten(region, from, bytes, name);
  std::memcpy(to, region.at(from), bytes);
}

/** What a call can tell already: addresses of nothing, and host memory that is not pinned. */
void checkDeviceRange(Context& context, CUdeviceptr address, size_t bytes) {
  if (context.memory.find(address, bytes) != nullptr) return;
  throw CallError{CUDA_ERROR_INVALID_VALUE,
                  std::to_string(bytes) + " bytes out of bounds: " + context.memory.describe(address)};
}

void checkPageable(Driver& driver, const void* host, size_t bytes) {
  if (driver.hostBlock(host, bytes) != nullptr) return;
  throw CallError{CUDA_ERROR_INVALID_VALUE, "asynchronous copy of pageable host memory"};
}

}  // namespace

NORMA_EXPORT CUresult cuMemcpyHtoDAsync_v2(CUdeviceptr to, const void* from, size_t bytes, CUstream handle) {
  return callInContext(__func__, [=](Driver& driver, Context& context) {
    checkFailed(context);
    if (bytes == 0) return;
    checkDeviceRange(context, to, bytes);
    checkPageable(driver, from, bytes);
    context.submit(context.stream(handle), [=, &context] {
      checkPinned(from, bytes, "cuMemcpyHtoDAsync");
      toDevice(context, to, from, bytes, "cuMemcpyHtoDAsync");
    });
  });
}

NORMA_EXPORT CUresult cuMemcpyDtoHAsync_v2(void* to, CUdeviceptr from, size_t bytes, CUstream handle) {
  return callInContext(__func__, [=](Driver& driver, Context& context) {
    checkFailed(context);
    if (bytes == 0) return;
    checkDeviceRange(context, from, bytes);
    checkPageable(driver, to, bytes);
    context.submit(context.stream(handle), [=, &context] {
      checkPinned(to, bytes, "cuMemcpyDtoHAsync");
      toHost(context, to, from, bytes, "cuMemcpyDtoHAsync");
    });
  });
}

NORMA_EXPORT CUresult cuMemcpyDtoDAsync_v2(CUdeviceptr to, CUdeviceptr from, size_t bytes, CUstream handle) {
  return callInContext(__func__, [=](Driver&, Context& context) {
    checkFailed(context);
    if (bytes == 0) return;
    checkDeviceRange(context, to, bytes);
    checkDeviceRange(context, from, bytes);
    context.submit(context.stream(handle), [=, &context] {
      Region& source = regionOf(context, from, bytes, "cuMemcpyDtoDAsync");
      Region& target = regionOf(context, to, bytes, "cuMemcpyDtoDAsync");
      std::memmove(target.at(to), source.at(from), bytes);
      std::memmove(target.writtenAt(to), source.writtenAt(from), bytes);
    });
  });
}

NORMA_EXPORT CUresult cuMemsetD8Async(CUdeviceptr to, unsigned char value, size_t bytes, CUstream handle) {
  return callInContext(__func__, [=](Driver&, Context& context) {
    checkFailed(context);
    if (bytes == 0) return;
    checkDeviceRange(context, to, bytes);
    context.submit(context.stream(handle), [=, &context] {
      Region& region = regionOf(context, to, bytes, "cuMemsetD8Async");
      std::memset(region.at(to), value, bytes);
      std::memset(region.writtenAt(to), 0xff, bytes);
    });
  });
}

// Copies without a stream wait for the default stream, and for those that block.
NORMA_EXPORT CUresult cuMemcpyHtoD_v2(CUdeviceptr to, const void* from, size_t bytes) {
  return callInContext(__func__, [=](Driver&, Context& context) {
    checkFailed(context);
    if (bytes == 0) return;
    checkDeviceRange(context, to, bytes);
    context.submit(context.stream(nullptr), [=, &context] { toDevice(context, to, from, bytes, "cuMemcpyHtoD"); });
    context.drainBlocking();
  });
}

NORMA_EXPORT CUresult cuMemcpyDtoH_v2(void* to, CUdeviceptr from, size_t bytes) {
  return callInContext(__func__, [=](Driver&, Context& context) {
    checkFailed(context);
    if (bytes == 0) return;
    checkDeviceRange(context, from, bytes);
    context.submit(context.stream(nullptr), [=, &context] { toHost(context, to, from, bytes, "cuMemcpyDtoH"); });
    context.drainBlocking();
  });
}
