// Reads the body of a kernel.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kernel.h"
#include "opcodes.h"
#include "ptx_lexer.h"
#include "ptx_parser.h"
#include "registers.h"

namespace norma {

class KernelBuilder {
 public:
  /** The variables are those in shared memory that the module declares for all kernels. */
  KernelBuilder(Lexer& lexer, Kernel& kernel, const std::vector<Variable>& shared);

  /** Reads up to the last brace. */
  void parseBody();

 private:
  void parseStatement();
  void parseDirective(const Token& token);
  void parseRegisters();
  void placeShared(const Variable& variable);
  void parseGuard(Instruction& i);
  void parseInstruction(const Token& first);
  void parseOperand(const Opcode& opcode, const Slot& slot, Instruction& i);
  void parseDestination(const Opcode& opcode, const Slot& slot, Instruction& i);
  void parseSource(const Opcode& opcode, const Slot& slot, Instruction& i);
  void parsePair(const Slot& slot, Instruction& i);
  void parseVector(const Slot& slot, Instruction& i, Type element, bool reads);
  void parseUnpacking(const Slot& slot, Instruction& i);
  void parsePacking(const Slot& slot, Instruction& i);
  void parseAddress(Instruction& i);
  void parseNamedAddress(const Token& name, Instruction& i);
  void parseTarget(Instruction& i);
  uint32_t destination(const Token& name, Type type, bool wide);
  uint32_t source(Type type, bool wide);
  uint32_t namedSource(const Token& name, Type type, bool wide);
  void setSource(Instruction& i, uint32_t row);
  void finishInstruction(const Opcode& opcode, Instruction& i);
  void finish();

  Lexer& lexer_;
  Kernel& kernel_;
  const std::vector<Variable>& moduleShared_;
  Registers registers_;
  std::unordered_map<std::string_view, uint32_t> labels_;
  std::vector<std::pair<uint32_t, Token>> jumps_;  // instruction, and where it goes
  std::unordered_map<std::string, uint32_t> shared_;  // offsets
  std::vector<size_t> scopes_;
  std::vector<uint32_t> reads_;
  std::vector<uint32_t> writes_;
  int sources_ = 0;  // of the instruction that is being read
};

}  // namespace norma
