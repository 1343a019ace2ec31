#include "options.h"

#include <cctype>
#include <cstdlib>

namespace norma {

namespace {

struct Setting {
  const char* name;
  int64_t usual;
};

constexpr int kNumber = static_cast<int>(Option::kOptions);
constexpr Setting kSettings[kNumber] = {
    {"seed", 0},        {"delay", 0},       {"devices", 1},     {"memory", int64_t{2} << 30},
    {"capability", 70}, {"count", 0},       {"verbose", 0},     {"check_copies", 1},
    {"fail_call", 0},   {"fail_alloc", 0},  {"fail_launch", 0}, {"fail_kernel", 0},
    {"fail_module", 0}, {"lose_device", 0}};

int64_t fromEnvironment(const Setting& setting) {
  std::string name = "NORMA_TEST_";
  for (const char* c = setting.name; *c != 0; c++) name += static_cast<char>(std::toupper(*c));
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? setting.usual : std::strtoll(value, nullptr, 10);
}

int64_t* values() {
  static int64_t kValues[kNumber];
  static bool kRead = [] {
    for (int n = 0; n < kNumber; n++) kValues[n] = fromEnvironment(kSettings[n]);
    return true;
  }();
  static_cast<void>(kRead);
  return kValues;
}

}  // namespace

int64_t option(Option which) { return values()[static_cast<int>(which)]; }

bool setOption(const std::string& name, int64_t value) {
  for (int n = 0; n < kNumber; n++) {
    if (name != kSettings[n].name) continue;
    values()[n] = value;
    return true;
  }
  return false;
}

void resetOptions() {
  for (int n = 0; n < kNumber; n++) values()[n] = fromEnvironment(kSettings[n]);
}

bool countDown(Option which) {
  int64_t& left = values()[static_cast<int>(which)];
  return left > 0 && --left == 0;
}

}  // namespace norma
