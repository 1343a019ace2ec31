// What every call of the driver API goes through: the lock, the checks, the faults of a test.
#pragma once

#include <string>

#include "context.h"
#include "cuda_abi.h"
#include "faults.h"

namespace norma {

/** A call that is refused; with a text it is a complaint too. */
struct CallError {
  CUresult code;
  std::string what;
};

/** Throws where the test wants this call to fail, and loses the device where it wants that. */
void checkWanted(Driver& driver);

/** Throws what a call that needs no context meets. */
void enter(Driver& driver);

/** Throws what a call in a context meets; returns the context. */
Context& enterContext(Driver& driver);

/** Throws if work of the context has failed. */
void checkFailed(const Context& context);

/** Throws a CallError without complaint for null. */
void checkPointer(const void* pointer);

/** Complains as the error says, and returns its code. */
CUresult refuseCall(const char* name, const CallError& error);

/** Runs a call that can come before cuInit. */
template <class F>
CUresult callBefore(const char* name, F f) {
  Driver& driver = Driver::get();
  std::lock_guard<std::mutex> guard(driver.lock);
  try {
    checkWanted(driver);
    f(driver);
    return CUDA_SUCCESS;
  } catch (const CallError& error) {
    return refuseCall(name, error);
  }
}

/** Runs a call that needs no context. */
template <class F>
CUresult call(const char* name, F f) {
  return callBefore(name, [&](Driver& driver) {
    enter(driver);
    f(driver);
  });
}

/** Runs a call in the current context; afterwards the work that failed shows, if any did. */
template <class F>
CUresult callInContext(const char* name, F f) {
  Driver& driver = Driver::get();
  std::lock_guard<std::mutex> guard(driver.lock);
  try {
    checkWanted(driver);
    Context& context = enterContext(driver);
    f(driver, context);
    return context.error;
  } catch (const CallError& error) {
    return refuseCall(name, error);
  }
}

}  // namespace norma
