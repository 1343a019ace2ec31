// PTX text as kernels that can be executed.
#pragma once

#include <deque>
#include <string>
#include <string_view>

#include "kernel.h"

namespace norma {

struct PtxModule {
  std::deque<Kernel> kernels;

  const Kernel* find(std::string_view name) const;
};

/**
 * Reads PTX for a device of this capability (70 for 7.0). Throws a PtxError that names what is not
 * known, and its line.
 */
PtxModule parsePtx(std::string_view text, int capability);

}  // namespace norma
