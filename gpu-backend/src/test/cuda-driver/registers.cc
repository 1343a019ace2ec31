#include "registers.h"

#include <utility>

namespace norma {

void Registers::declare(std::string_view name, bool counted, uint32_t count, Type type) {
  ranges_.push_back({name, counted, rows_, count, type});
  rows_ += count;
  declared_ += count;
}

namespace {

/** Splits %rd12 into %rd and 12; -1 if there is no number. */
std::pair<std::string_view, int64_t> split(std::string_view name) {
  size_t digits = name.size();
  while (digits > 0 && name[digits - 1] >= '0' && name[digits - 1] <= '9') digits--;
  if (digits == name.size() || name.size() - digits > 8) return {name, -1};
  int64_t number = 0;
  for (char c : name.substr(digits)) number = 10 * number + (c - '0');
  return {name.substr(0, digits), number};
}

}  // namespace

Register Registers::find(std::string_view name) const {
  auto [prefix, number] = split(name);
  for (auto r = ranges_.rbegin(); r != ranges_.rend(); ++r) {
    if (r->counted && r->name == prefix && number >= 0 && number < r->count) {
      return {r->first + static_cast<uint32_t>(number), r->type};
    }
    if (!r->counted && r->name == name) return {r->first, r->type};
  }
  return {};
}

uint32_t Registers::special(std::string_view name) {
  static const std::pair<std::string_view, Special> kNames[] = {
      {"%tid.x", Special::kTidX},       {"%tid.y", Special::kTidY},
      {"%tid.z", Special::kTidZ},       {"%ntid.x", Special::kNtidX},
      {"%ntid.y", Special::kNtidY},     {"%ntid.z", Special::kNtidZ},
      {"%ctaid.x", Special::kCtaidX},   {"%ctaid.y", Special::kCtaidY},
      {"%ctaid.z", Special::kCtaidZ},   {"%nctaid.x", Special::kNctaidX},
      {"%nctaid.y", Special::kNctaidY}, {"%nctaid.z", Special::kNctaidZ},
      {"%laneid", Special::kLaneId},    {"%warpid", Special::kWarpId}};
  for (const auto& [known, special] : kNames) {
    if (known != name) continue;
    auto [entry, isNew] = specials_.try_emplace(special, rows_);
    rows_ += isNew;
    return entry->second;
  }
  return kNone;
}

uint32_t Registers::constant(uint64_t bits) {
  auto [entry, isNew] = constants_.try_emplace(bits, rows_);
  rows_ += isNew;
  return entry->second;
}

void Registers::finish(Kernel& kernel) const {
  for (const auto& [bits, row] : constants_) kernel.constants.push_back({row, bits});
  for (const auto& [special, row] : specials_) kernel.specials.push_back({row, special});
  kernel.rows = rows_;
  kernel.registers = declared_;
}

}  // namespace norma
