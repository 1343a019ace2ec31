#include "types.h"

namespace norma {

Type Type::of(std::string_view name) {
  if (name == "pred") return {'p', 1};
  if (name.size() < 2 || std::string_view("busf").find(name[0]) == std::string_view::npos) return {};
  int bits = 0;
  for (char c : name.substr(1)) {
    if (c < '0' || c > '9') return {};
    bits = 10 * bits + (c - '0');
  }
  bool known = bits == 8 || bits == 16 || bits == 32 || bits == 64;
  return known ? Type{name[0], bits} : Type{};
}

}  // namespace norma
