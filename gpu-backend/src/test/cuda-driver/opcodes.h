// The opcodes that this driver knows, each with all of its modifiers and types.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kernel.h"
#include "types.h"

namespace norma {

/** What an operand is. */
enum class Role : uint8_t {
  kDestination,      // a register of exactly this type's width
  kWideDestination,  // or of a wider one
  kPairDestination,  // p or p|q
  kSource,           // a register of exactly this type's width, or a constant
  kWideSource,       // or a wider register
  kPredicate,        // p or !p
  kAddress,          // [a+4]
  kTarget,           // a label
  kBarrierNumber     // 0
};

struct Slot {
  Role role;
  Type type;
};

struct Opcode {
  std::string name;
  Handler run = nullptr;
  std::vector<Slot> slots;
  Flow flow = Flow::kPlain;
  Space space = Space::kGeneric;
  uint8_t count = 1;
  uint8_t mode = 0;
  bool isLoad = false;
  bool isStore = false;
  bool uniform = false;
  uint32_t index = 0;  // set when it is added
};

/** Returns the opcode of this name, or null. */
const Opcode* findOpcode(std::string_view name);

/** Returns the name of an opcode by its index. */
const std::string& opcodeName(uint32_t index);

/** Collects opcodes; each file of them has a function that adds its own. */
class Opcodes {
 public:
  Opcode& add(std::string name, Handler run, std::vector<Slot> slots);
  const Opcode* find(std::string_view name) const;
  const std::string& name(uint32_t index) const { return all_[index].name; }

 private:
  std::deque<Opcode> all_;  // does not move what it holds
  std::unordered_map<std::string_view, const Opcode*> byName_;
};

/** The handlers of mov with a vector on its right, and on its left. */
void pack(Warp& w, const Instruction& i);
void unpack(Warp& w, const Instruction& i);

void addIntegers(Opcodes& table);
void addBits(Opcodes& table);
void addFloats(Opcodes& table);
void addComparisons(Opcodes& table);
void addConversions(Opcodes& table);
void addMoves(Opcodes& table);
void addAccesses(Opcodes& table);
void addShuffles(Opcodes& table);
void addFlow(Opcodes& table);

}  // namespace norma
