// The rows of a kernel: its registers by name, its constants and special registers.
#pragma once

#include <map>
#include <string_view>
#include <vector>

#include "kernel.h"
#include "types.h"

namespace norma {

struct Register {
  uint32_t row = kNone;
  Type type;
};

class Registers {
 public:
  /** Declares %name, or %name0 to %name(count - 1). */
  void declare(std::string_view name, bool counted, uint32_t count, Type type);

  /** Finds a register; the row is kNone if there is none of that name. */
  Register find(std::string_view name) const;

  /** The row of a special register, kNone if it is none that is known. */
  uint32_t special(std::string_view name);

  uint32_t constant(uint64_t bits);

  // Names that are declared between braces end there.
  size_t openScope() const { return ranges_.size(); }
  void closeScope(size_t scope) { ranges_.resize(scope); }

  /** Writes down all rows. */
  void finish(Kernel& kernel) const;

 private:
  struct Range {
    std::string_view name;
    bool counted;
    uint32_t first;
    uint32_t count;
    Type type;
  };

  std::vector<Range> ranges_;
  std::map<uint64_t, uint32_t> constants_;
  std::map<Special, uint32_t> specials_;
  uint32_t rows_ = 0;
  uint32_t declared_ = 0;
};

}  // namespace norma
