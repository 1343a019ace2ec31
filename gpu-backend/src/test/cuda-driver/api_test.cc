// What tests ask of this driver beside the CUDA API.
#include <algorithm>
#include <cstring>

#include "call.h"
#include "options.h"
#include "report.h"

using namespace norma;

namespace {

/** Copies as much of a text as there is room for; returns the room that all of it takes. */
size_t give(const std::string& text, char* buffer, size_t size) {
  if (buffer != nullptr && size > 0) {
    size_t length = std::min(text.size(), size - 1);
    std::memcpy(buffer, text.data(), length);
    buffer[length] = 0;
  }
  return text.size() + 1;
}

std::string counters(Driver& driver) {
  std::string result;
  for (const auto& [kernel, counted] : driver.counters) {
    result += (result.empty() ? "" : ",\n ") + toJson(*kernel, counted);
  }
  return "[" + result + "]\n";
}

}  // namespace

/** Sets an option; returns 0, or 1 if there is none of that name. */
NORMA_EXPORT int norma_test_set(const char* name, long long value) {
  std::lock_guard<std::mutex> guard(Driver::get().lock);
  return setOption(name, value) ? 0 : 1;
}

/** Writes the complaints, a line each, and forgets them; returns how many bytes they take. */
NORMA_EXPORT size_t norma_test_report(char* buffer, size_t size) {
  std::lock_guard<std::mutex> guard(Driver::get().lock);
  static std::string text;
  text += takeComplaints();
  size_t needed = give(text, buffer, size);
  if (needed <= size) text.clear();
  return needed;
}

/** Writes the counters of all kernels that ran as JSON; returns how many bytes they take. */
NORMA_EXPORT size_t norma_test_counters(char* buffer, size_t size) {
  std::lock_guard<std::mutex> guard(Driver::get().lock);
  return give(counters(Driver::get()), buffer, size);
}

/** Forgets complaints and counters, finds lost devices again, and sets all options as at the start. */
NORMA_EXPORT void norma_test_reset() {
  Driver& driver = Driver::get();
  std::lock_guard<std::mutex> guard(driver.lock);
  takeComplaints();
  resetOptions();
  driver.counters.clear();
  for (Device& device : driver.devices) {
    device.lost = false;
    if (device.primary != nullptr) device.primary->error = CUDA_SUCCESS;
  }
}
