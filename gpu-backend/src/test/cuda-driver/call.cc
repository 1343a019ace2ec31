#include "call.h"

#include "options.h"
#include "report.h"

namespace norma {

void checkWanted(Driver& driver) {
  if (countDown(Option::kLoseDevice)) {
    Context* context = driver.current();
    driver.devices[context == nullptr ? 0 : context->device].lost = true;
  }
  if (countDown(Option::kFailCall)) throw CallError{CUDA_ERROR_UNKNOWN, "fails, as the test wants it"};
}

void enter(Driver& driver) {
  if (!driver.initialised) throw CallError{CUDA_ERROR_NOT_INITIALIZED, "called before cuInit"};
}

Context& enterContext(Driver& driver) {
  enter(driver);
  Context* context = driver.current();
  if (context == nullptr) {
    throw CallError{CUDA_ERROR_INVALID_CONTEXT, currentHandle() == nullptr
                                                    ? "called by a thread without a context"
                                                    : "called in a context that has ended"};
  }
  Device& device = driver.devices[context->device];
  if (device.lost) context->error = CUDA_ERROR_ECC_UNCORRECTABLE;
  return *context;
}

void checkFailed(const Context& context) {
  if (context.error != CUDA_SUCCESS) throw CallError{context.error, ""};
}

void checkPointer(const void* pointer) {
  if (pointer == nullptr) throw CallError{CUDA_ERROR_INVALID_VALUE, "null where a result goes"};
}

CUresult refuseCall(const char* name, const CallError& error) {
  if (!error.what.empty()) complain(std::string(name) + ": " + error.what);
  return error.code;
}

}  // namespace norma
