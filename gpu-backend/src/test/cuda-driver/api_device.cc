// Start, errors and devices.
#include <algorithm>
#include <cstring>

#include "call.h"
#include "options.h"
#include "report.h"

using namespace norma;

namespace {

struct Error {
  CUresult code;
  const char* name;
  const char* text;
};

constexpr Error kErrors[] = {
    {CUDA_SUCCESS, "CUDA_SUCCESS", "no error"},
    {CUDA_ERROR_INVALID_VALUE, "CUDA_ERROR_INVALID_VALUE", "invalid argument"},
    {CUDA_ERROR_OUT_OF_MEMORY, "CUDA_ERROR_OUT_OF_MEMORY", "out of memory"},
    {CUDA_ERROR_NOT_INITIALIZED, "CUDA_ERROR_NOT_INITIALIZED", "initialization error"},
    {CUDA_ERROR_INVALID_DEVICE, "CUDA_ERROR_INVALID_DEVICE", "invalid device ordinal"},
    {CUDA_ERROR_INVALID_CONTEXT, "CUDA_ERROR_INVALID_CONTEXT", "invalid device context"},
    {CUDA_ERROR_NO_BINARY_FOR_GPU, "CUDA_ERROR_NO_BINARY_FOR_GPU", "no kernel image is available for execution on the device"},
    {CUDA_ERROR_ECC_UNCORRECTABLE, "CUDA_ERROR_ECC_UNCORRECTABLE", "uncorrectable ECC error encountered"},
    {CUDA_ERROR_INVALID_PTX, "CUDA_ERROR_INVALID_PTX", "a PTX JIT compilation failed"},
    {CUDA_ERROR_UNSUPPORTED_PTX_VERSION, "CUDA_ERROR_UNSUPPORTED_PTX_VERSION", "the provided PTX was compiled with an unsupported toolchain."},
    {CUDA_ERROR_INVALID_HANDLE, "CUDA_ERROR_INVALID_HANDLE", "invalid resource handle"},
    {CUDA_ERROR_NOT_FOUND, "CUDA_ERROR_NOT_FOUND", "named symbol not found"},
    {CUDA_ERROR_NOT_READY, "CUDA_ERROR_NOT_READY", "device not ready"},
    {CUDA_ERROR_ILLEGAL_ADDRESS, "CUDA_ERROR_ILLEGAL_ADDRESS", "an illegal memory access was encountered"},
    {CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES, "CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES", "too many resources requested for launch"},
    {CUDA_ERROR_MISALIGNED_ADDRESS, "CUDA_ERROR_MISALIGNED_ADDRESS", "misaligned address"},
    {CUDA_ERROR_LAUNCH_FAILED, "CUDA_ERROR_LAUNCH_FAILED", "unspecified launch failure"},
    {CUDA_ERROR_UNKNOWN, "CUDA_ERROR_UNKNOWN", "unknown error"}};

const Error* findError(CUresult code) {
  auto found = std::find_if(std::begin(kErrors), std::end(kErrors), [=](const Error& e) { return e.code == code; });
  return found == std::end(kErrors) ? nullptr : found;
}

struct Attribute {
  int number;
  int value;
};

// Those of a V100.
constexpr Attribute kAttributes[] = {
    {1, 1024},       // threads of a block
    {2, 1024},       // block, x
    {3, 1024},       // block, y
    {4, 64},         // block, z
    {5, 2147483647}, // grid, x
    {6, 65535},      // grid, y
    {7, 65535},      // grid, z
    {8, 49152},      // shared memory of a block
    {9, 65536},      // constant memory
    {10, 32},        // threads of a warp
    {11, 2147483647},// pitch
    {12, 65536},     // registers of a block
    {13, 1380000},   // clock, kHz
    {16, 80},        // multiprocessors
    {17, 0},         // limit on the time of a kernel
    {20, 0},         // compute mode
    {31, 1},         // concurrent kernels
    {32, 1},         // ECC
    {33, 1},         // PCI bus
    {34, 0},         // PCI device
    {36, 877000},    // memory clock, kHz
    {37, 4096},      // bits of the memory bus
    {38, 6291456},   // bytes of the L2 cache
    {39, 2048},      // threads of a multiprocessor
    {40, 2},         // asynchronous engines
    {41, 1},         // unified addresses
    {50, 0},         // PCI domain
    {81, 98304},     // shared memory of a multiprocessor
    {82, 65536},     // registers of a multiprocessor
    {97, 98304}};    // shared memory of a block, if it asks for it

void checkDevice(CUdevice device) {
  if (device < 0 || device >= option(Option::kDevices)) throw CallError{CUDA_ERROR_INVALID_DEVICE, ""};
}

int attribute(int number) {
  auto capability = static_cast<int>(option(Option::kCapability));
  if (number == 75) return capability / 10;
  if (number == 76) return capability % 10;
  for (const Attribute& a : kAttributes) {
    if (a.number == number) return a.value;
  }
  throw CallError{CUDA_ERROR_INVALID_VALUE, "unknown attribute " + std::to_string(number)};
}

}  // namespace

NORMA_EXPORT CUresult cuInit(unsigned flags) {
  return callBefore(__func__, [=](Driver& driver) {
    if (flags != 0) throw CallError{CUDA_ERROR_INVALID_VALUE, ""};
    driver.initialised = true;
  });
}

NORMA_EXPORT CUresult cuDriverGetVersion(int* version) {
  return callBefore(__func__, [=](Driver&) {
    checkPointer(version);
    *version = 11040;
  });
}

NORMA_EXPORT CUresult cuGetErrorName(CUresult error, const char** name) {
  const Error* found = findError(error);
  *name = found == nullptr ? nullptr : found->name;
  return found == nullptr ? CUDA_ERROR_INVALID_VALUE : CUDA_SUCCESS;
}

NORMA_EXPORT CUresult cuGetErrorString(CUresult error, const char** text) {
  const Error* found = findError(error);
  *text = found == nullptr ? nullptr : found->text;
  return found == nullptr ? CUDA_ERROR_INVALID_VALUE : CUDA_SUCCESS;
}

NORMA_EXPORT CUresult cuDeviceGetCount(int* count) {
  return call(__func__, [=](Driver&) {
    checkPointer(count);
    *count = static_cast<int>(option(Option::kDevices));
  });
}

NORMA_EXPORT CUresult cuDeviceGet(CUdevice* device, int ordinal) {
  return call(__func__, [=](Driver&) {
    checkPointer(device);
    checkDevice(ordinal);
    *device = ordinal;
  });
}

NORMA_EXPORT CUresult cuDeviceGetName(char* name, int length, CUdevice device) {
  return call(__func__, [=](Driver&) {
    checkPointer(name);
    checkDevice(device);
    std::strncpy(name, "Norma test driver", length);
    if (length > 0) name[length - 1] = 0;
  });
}

NORMA_EXPORT CUresult cuDeviceTotalMem_v2(size_t* bytes, CUdevice device) {
  return call(__func__, [=](Driver&) {
    checkPointer(bytes);
    checkDevice(device);
    *bytes = static_cast<size_t>(option(Option::kMemory));
  });
}

NORMA_EXPORT CUresult cuDeviceGetAttribute(int* value, int which, CUdevice device) {
  return call(__func__, [=](Driver&) {
    checkPointer(value);
    checkDevice(device);
    *value = which == 33 ? 1 + device : attribute(which);
  });
}

NORMA_EXPORT CUresult cuDevicePrimaryCtxRetain(CUcontext* handle, CUdevice number) {
  return call(__func__, [=](Driver& driver) {
    checkPointer(handle);
    checkDevice(number);
    Device& device = driver.devices[number];
    if (device.lost) throw CallError{CUDA_ERROR_ECC_UNCORRECTABLE, ""};
    if (device.retained++ == 0) {
      device.primary = std::make_unique<Context>(number);
      driver.contexts[driver.newHandle()] = device.primary.get();
    }
    for (auto& [known, context] : driver.contexts) {
      if (context == device.primary.get()) *handle = known;
    }
  });
}

NORMA_EXPORT CUresult cuDevicePrimaryCtxRelease_v2(CUdevice number) {
  return call(__func__, [=](Driver& driver) {
    checkDevice(number);
    Device& device = driver.devices[number];
    if (device.retained == 0) throw CallError{CUDA_ERROR_INVALID_CONTEXT, "context released too often"};
    if (--device.retained > 0) return;
    device.primary->end();
    for (auto known = driver.contexts.begin(); known != driver.contexts.end();) {
      known = known->second == device.primary.get() ? driver.contexts.erase(known) : std::next(known);
    }
    device.primary.reset();
    if (device.lost) throw CallError{CUDA_ERROR_ECC_UNCORRECTABLE, ""};
  });
}

NORMA_EXPORT CUresult cuCtxSetCurrent(CUcontext handle) {
  return call(__func__, [=](Driver& driver) {
    if (handle != nullptr && driver.context(handle) == nullptr) {
      throw CallError{CUDA_ERROR_INVALID_CONTEXT, "context that has ended, or never was"};
    }
    currentHandle() = handle;
  });
}

NORMA_EXPORT CUresult cuCtxGetCurrent(CUcontext* handle) {
  return call(__func__, [=](Driver&) {
    checkPointer(handle);
    *handle = currentHandle();
  });
}

NORMA_EXPORT CUresult cuCtxSynchronize() {
  return callInContext(__func__, [](Driver&, Context& context) {
    checkFailed(context);
    context.drainAll();
  });
}
