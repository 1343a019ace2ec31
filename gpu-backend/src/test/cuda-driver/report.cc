#include "report.h"

#include <cstdio>
#include <vector>

#include "options.h"

namespace norma {

namespace {

// More of them say no more.
constexpr size_t kMost = 1000;

std::vector<std::string>& complaints() {
  static std::vector<std::string> list;
  return list;
}

}  // namespace

void complain(const std::string& what) {
  if (option(Option::kVerbose) != 0) std::fprintf(stderr, "norma test driver: %s\n", what.c_str());
  if (complaints().size() < kMost) complaints().push_back(what);
}

std::string takeComplaints() {
  std::string result;
  for (const std::string& line : complaints()) result += line + "\n";
  complaints().clear();
  return result;
}

}  // namespace norma
