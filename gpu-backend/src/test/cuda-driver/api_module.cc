// Modules, functions and their launch.
#include <algorithm>
#include <cstring>

#include "call.h"
#include "launch.h"
#include "options.h"
#include "report.h"

using namespace norma;

namespace {

/** The error log that the caller of cuModuleLoadDataEx asks for. */
struct ErrorLog {
  char* buffer = nullptr;
  size_t size = 0;
  void** written = nullptr;

  ErrorLog(unsigned count, const unsigned* names, void** values) {
    for (unsigned n = 0; n < count; n++) {
      if (names[n] == CU_JIT_ERROR_LOG_BUFFER) buffer = static_cast<char*>(values[n]);
      if (names[n] == CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES) written = values + n;
      if (names[n] == CU_JIT_INFO_LOG_BUFFER_SIZE_BYTES) values[n] = nullptr;
    }
    // The value is not a pointer but the size itself; that of what was written replaces it.
    if (written != nullptr) size = static_cast<unsigned>(reinterpret_cast<uintptr_t>(*written));
  }

  void write(const std::string& text) const {
    size_t length = buffer == nullptr || size == 0 ? 0 : std::min(text.size(), size - 1);
    if (buffer != nullptr && size > 0) {
      std::memcpy(buffer, text.data(), length);
      buffer[length] = 0;
    }
    if (written != nullptr) *written = reinterpret_cast<void*>(length);
  }
};

/** Text that was read before is not read again. */
std::shared_ptr<const PtxModule> parsed(Driver& driver, const std::string& text) {
  auto capability = static_cast<int>(option(Option::kCapability));
  std::shared_ptr<const PtxModule>& known = driver.parsed[std::to_string(capability) + text];
  if (known == nullptr) known = std::make_shared<PtxModule>(parsePtx(text, capability));
  return known;
}

std::shared_ptr<const PtxModule> load(Driver& driver, const char* text, const ErrorLog& log) {
  try {
    if (countDown(Option::kFailModule)) {
      throw PtxError(CUDA_ERROR_INVALID_PTX, 1, "refused, as the test wants it");
    }
    return parsed(driver, text);
  } catch (const PtxError& error) {
    log.write(error.what());
    throw CallError{error.code, ""};
  }
}

const Function& functionOf(Context& context, CUfunction handle) {
  auto found = context.functions.find(handle);
  if (found == context.functions.end()) {
    throw CallError{CUDA_ERROR_INVALID_HANDLE, "function that is none of this context"};
  }
  return found->second;
}

void checkShape(const Launch& launch, unsigned sharedBytes) {
  const Kernel& kernel = *launch.kernel;
  bool empty = launch.blocks() == 0 || launch.threads() == 0;
  bool large = launch.grid[0] > 2147483647u || launch.grid[1] > 65535 || launch.grid[2] > 65535 ||
               launch.block[0] > 1024 || launch.block[1] > 1024 || launch.block[2] > 64;
  if (empty || large || launch.threads() > 1024 || kernel.sharedBytes + sharedBytes > 49152) {
    throw CallError{CUDA_ERROR_INVALID_VALUE, "launch of " + kernel.name + " in a shape that no device has"};
  }
  const uint32_t* required = kernel.requiredThreads;
  bool other = required[0] != 0 && !std::equal(required, required + 3, launch.block);
  if (other || launch.threads() > kernel.maxThreads) {
    throw CallError{CUDA_ERROR_INVALID_VALUE, "launch of " + kernel.name + " with blocks of another size than it has"};
  }
}

void copyParameters(Launch& launch, void** values) {
  launch.parameters.resize(launch.kernel->parameterBytes);
  for (size_t n = 0; n < launch.kernel->parameters.size(); n++) {
    const Parameter& p = launch.kernel->parameters[n];
    if (values == nullptr || values[n] == nullptr) {
      throw CallError{CUDA_ERROR_INVALID_VALUE, "no value for parameter " + p.name};
    }
    std::memcpy(launch.parameters.data() + p.offset, values[n], p.bytes);
  }
}

void runKernel(Driver& driver, Launch launch) {
  if (countDown(Option::kFailKernel)) {
    throw DeviceFault(CUDA_ERROR_LAUNCH_FAILED, "kernel " + launch.kernel->name + " fails, as the test wants it");
  }
  launch.seed = static_cast<uint64_t>(option(Option::kSeed));
  if (option(Option::kCount) != 0) {
    launch.counters = &driver.counters[launch.kernel];
    launch.counters->prepare(*launch.kernel);
  }
  execute(launch);
}

}  // namespace

NORMA_EXPORT CUresult cuModuleLoadDataEx(CUmodule* handle, const void* image, unsigned count, unsigned* names,
                                         void** values) {
  return callInContext(__func__, [=](Driver& driver, Context& context) {
    checkPointer(handle);
    checkPointer(image);
    checkFailed(context);
    auto module = std::make_shared<Module>();
    ErrorLog log(count, names, values);
    log.write("");
    module->ptx = load(driver, static_cast<const char*>(image), log);
    *handle = driver.newHandle();
    context.modules[*handle] = module;
  });
}

NORMA_EXPORT CUresult cuModuleUnload(CUmodule handle) {
  return callInContext(__func__, [=](Driver&, Context& context) {
    auto found = context.modules.find(handle);
    if (found == context.modules.end()) {
      throw CallError{CUDA_ERROR_INVALID_HANDLE, "module that is none of this context"};
    }
    for (auto f = context.functions.begin(); f != context.functions.end();) {
      f = f->second.module == found->second ? context.functions.erase(f) : std::next(f);
    }
    found->second->ptx.reset();
    context.modules.erase(found);
  });
}

NORMA_EXPORT CUresult cuModuleGetFunction(CUfunction* handle, CUmodule moduleHandle, const char* name) {
  return callInContext(__func__, [=](Driver& driver, Context& context) {
    checkPointer(handle);
    checkPointer(name);
    checkFailed(context);
    auto found = context.modules.find(moduleHandle);
    if (found == context.modules.end()) {
      throw CallError{CUDA_ERROR_INVALID_HANDLE, "module that is none of this context"};
    }
    const Kernel* kernel = found->second->ptx->find(name);
    if (kernel == nullptr) throw CallError{CUDA_ERROR_NOT_FOUND, ""};
    *handle = driver.newHandle();
    context.functions[*handle] = {kernel, found->second};
  });
}

NORMA_EXPORT CUresult cuFuncGetAttribute(int* value, int which, CUfunction handle) {
  return callInContext(__func__, [=](Driver&, Context& context) {
    checkPointer(value);
    checkFailed(context);
    const Kernel& kernel = *functionOf(context, handle).kernel;
    auto capability = static_cast<int>(option(Option::kCapability));
    // Most threads, shared, constant and local bytes, registers, versions of PTX and binary.
    const int values[] = {static_cast<int>(kernel.maxThreads), static_cast<int>(kernel.sharedBytes), 0, 0, 64, 63,
                          capability};
    if (which < 0 || which > 6) throw CallError{CUDA_ERROR_INVALID_VALUE, "unknown attribute"};
    *value = values[which];
  });
}

NORMA_EXPORT CUresult cuLaunchKernel(CUfunction handle, unsigned gridX, unsigned gridY, unsigned gridZ,
                                     unsigned blockX, unsigned blockY, unsigned blockZ, unsigned sharedBytes,
                                     CUstream streamHandle, void** parameters, void** extra) {
  return callInContext(__func__, [=](Driver& driver, Context& context) {
    checkFailed(context);
    const Function& function = functionOf(context, handle);
    if (extra != nullptr) throw CallError{CUDA_ERROR_INVALID_VALUE, "extra, which this driver does not know"};
    if (countDown(Option::kFailLaunch)) throw CallError{CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES, ""};
    Launch launch;
    launch.kernel = function.kernel;
    launch.memory = &context.memory;
    std::copy_n(std::initializer_list<uint32_t>{gridX, gridY, gridZ}.begin(), 3, launch.grid);
    std::copy_n(std::initializer_list<uint32_t>{blockX, blockY, blockZ}.begin(), 3, launch.block);
    checkShape(launch, sharedBytes);
    copyParameters(launch, parameters);
    std::shared_ptr<Module> module = function.module;
    context.submit(context.stream(streamHandle), [&driver, module, launch] {
      if (module->ptx == nullptr) {
        throw DeviceFault(CUDA_ERROR_LAUNCH_FAILED, "kernel of a module that was unloaded before it ran");
      }
      runKernel(driver, launch);
    });
  });
}
