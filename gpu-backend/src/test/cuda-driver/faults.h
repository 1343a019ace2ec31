// What can go wrong, with the text that the report shows.
#pragma once

#include <stdexcept>
#include <string>

namespace norma {

/** PTX that this driver refuses, with the line of its text. */
struct PtxError : std::runtime_error {
  PtxError(int code, int line, const std::string& what)
      : std::runtime_error("ptx, line " + std::to_string(line) + ": " + what), code(code) {}
  int code;
};

/** What ends a launch or a copy, and its context with it. */
struct DeviceFault : std::runtime_error {
  DeviceFault(int code, const std::string& what) : std::runtime_error(what), code(code) {}
  int code;
};

/** What was wrong with one lane; the launch adds kernel, line, block and thread. */
struct LaneFault {
  int code;
  int lane;
  std::string what;
};

}  // namespace norma
