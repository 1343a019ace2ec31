#include "opcodes.h"

namespace norma {

Opcode& Opcodes::add(std::string name, Handler run, std::vector<Slot> slots) {
  Opcode& opcode = all_.emplace_back();
  opcode.name = std::move(name);
  opcode.run = run;
  opcode.slots = std::move(slots);
  opcode.index = static_cast<uint32_t>(all_.size() - 1);
  byName_[opcode.name] = &opcode;
  return opcode;
}

const Opcode* Opcodes::find(std::string_view name) const {
  auto found = byName_.find(name);
  return found == byName_.end() ? nullptr : found->second;
}

namespace {

const Opcodes& table() {
  static const Opcodes* kTable = [] {
    auto* result = new Opcodes;
    addIntegers(*result);
    addBits(*result);
    addFloats(*result);
    addComparisons(*result);
    addConversions(*result);
    addMoves(*result);
    addAccesses(*result);
    addShuffles(*result);
    addFlow(*result);
    return result;
  }();
  return *kTable;
}

}  // namespace

const Opcode* findOpcode(std::string_view name) { return table().find(name); }

const std::string& opcodeName(uint32_t index) { return table().name(index); }

}  // namespace norma
