// A kernel in the form in which it is executed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace norma {

struct Warp;
struct Instruction;
using Handler = void (*)(Warp&, const Instruction&);

constexpr int kWarpSize = 32;
constexpr uint32_t kNone = 0xffffffff;

enum class Flow : uint8_t { kPlain, kBranch, kReturn, kBarrier, kTrap };

enum class Space : uint8_t { kGeneric, kGlobal, kShared, kParam };

/**
 * One instruction. Every operand is a row of 32 lanes of 64 bits: registers, special registers and
 * constants alike.
 */
struct Instruction {
  Handler run = nullptr;
  uint32_t d = 0;   // destination, the first of a vector or pair
  uint32_t d2 = kNone;
  uint32_t a = 0;
  uint32_t b = 0;
  uint32_t c = 0;
  uint32_t e = 0;
  uint32_t vector[4] = {};   // the registers of a vector or of an unpacking move
  uint32_t guard = kNone;    // predicate in front of the instruction
  uint32_t target = 0;       // of a branch
  uint32_t reconverge = kNone;
  int64_t offset = 0;        // of an address
  uint32_t site = kNone;     // index among the accesses to global memory
  uint32_t line = 0;
  uint32_t opcode = 0;       // index of its name
  Flow flow = Flow::kPlain;
  Space space = Space::kGeneric;
  uint8_t count = 1;         // of a vector
  uint8_t mode = 0;          // what the handler makes of it
  uint8_t width = 0;         // bits of the destination registers
  bool guardNegated = false;
  bool sourceNegated = false;
  bool uniform = false;      // bra.uni
  bool isLoad = false;
  bool isStore = false;
  uint8_t bytes = 0;         // that a thread loads or stores
};

struct Constant {
  uint32_t row;
  uint64_t bits;
};

enum class Special : uint8_t {
  kTidX, kTidY, kTidZ, kNtidX, kNtidY, kNtidZ, kCtaidX, kCtaidY, kCtaidZ,
  kNctaidX, kNctaidY, kNctaidZ, kLaneId, kWarpId
};

struct SpecialRow {
  uint32_t row;
  Special special;
};

struct Parameter {
  std::string name;
  uint32_t offset;
  uint32_t bytes;
};

struct Kernel {
  std::string name;
  std::vector<Instruction> code;
  std::vector<std::vector<uint32_t>> reads;   // rows that each instruction reads
  std::vector<std::vector<uint32_t>> writes;  // and writes
  std::vector<Constant> constants;
  std::vector<SpecialRow> specials;
  std::vector<Parameter> parameters;
  std::vector<const Instruction*> sites;  // accesses to global memory, set when complete
  uint32_t parameterBytes = 0;
  uint32_t sharedBytes = 0;
  uint32_t rows = 0;
  uint32_t registers = 0;
  uint32_t maxThreads = 1024;
  uint32_t requiredThreads[3] = {0, 0, 0};  // .reqntid
};

/** Sets where the threads that part at each branch come together: its immediate post-dominator. */
void setReconvergence(Kernel& kernel);

}  // namespace norma
