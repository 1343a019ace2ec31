// The operands of an instruction.
#include "kernel_builder.h"

namespace norma {

void KernelBuilder::parseOperand(const Opcode& opcode, const Slot& slot, Instruction& i) {
  switch (slot.role) {
    case Role::kDestination:
    case Role::kWideDestination:
      parseDestination(opcode, slot, i);
      break;
    case Role::kPairDestination:
      parsePair(slot, i);
      break;
    case Role::kSource:
    case Role::kWideSource:
      parseSource(opcode, slot, i);
      break;
    case Role::kPredicate:
      i.sourceNegated = opcode.slots[0].role == Role::kPairDestination && accept(lexer_, '!');
      setSource(i, source(slot.type, false));
      break;
    case Role::kAddress:
      parseAddress(i);
      break;
    case Role::kTarget:
      parseTarget(i);
      break;
    case Role::kBarrierNumber:
      if (parseNumber(lexer_, {'u', 32}) != 0) refuse(lexer_.peek().line, "barrier that is not 0");
      break;
  }
}

namespace {

bool isMove(const Opcode& opcode) { return opcode.name == "mov.b32" || opcode.name == "mov.b64"; }

}  // namespace

void KernelBuilder::parseDestination(const Opcode& opcode, const Slot& slot, Instruction& i) {
  if (lexer_.peek().is('{')) {
    if (isMove(opcode)) {
      parseUnpacking(slot, i);
    } else {
      parseVector(slot, i, slot.type, false);
    }
    return;
  }
  if (i.count > 1) refuse(lexer_.peek().line, "expected a vector, not " + quoted(lexer_.peek().text));
  Token name = expectWord(lexer_);
  i.d = destination(name, slot.type, slot.role == Role::kWideDestination);
  i.width = static_cast<uint8_t>(registers_.find(name.text).type.bits);
}

/** What st stores counts as its "destination" row too, for loads and stores to be alike. */
void KernelBuilder::parseSource(const Opcode& opcode, const Slot& slot, Instruction& i) {
  bool wide = slot.role == Role::kWideSource;
  if (lexer_.peek().is('{')) {
    if (isMove(opcode)) {
      parsePacking(slot, i);
    } else {
      parseVector(slot, i, slot.type, true);
    }
  } else if (i.isStore) {
    if (i.count > 1) refuse(lexer_.peek().line, "expected a vector, not " + quoted(lexer_.peek().text));
    i.d = source(slot.type, wide);
  } else {
    setSource(i, source(slot.type, wide));
  }
}

void KernelBuilder::parsePair(const Slot& slot, Instruction& i) {
  Token name = expectWord(lexer_);
  i.d = name.text == "_" ? kNone : destination(name, slot.type, false);
  if (!accept(lexer_, '|')) return;
  name = expectWord(lexer_);
  i.d2 = name.text == "_" ? kNone : destination(name, {'p', 1}, false);
}

void KernelBuilder::parseVector(const Slot&, Instruction& i, Type element, bool reads) {
  expect(lexer_, '{');
  int n = 0;
  do {
    if (n == i.count) refuse(lexer_.peek().line, "vector that is too long");
    if (reads) {
      i.vector[n] = source(element, true);
    } else {
      Token name = expectWord(lexer_);
      i.vector[n] = destination(name, element, true);
      i.width = static_cast<uint8_t>(registers_.find(name.text).type.bits);
    }
    n++;
  } while (accept(lexer_, ','));
  if (n != i.count) refuse(lexer_.peek().line, "vector that is too short");
  expect(lexer_, '}');
}

/** The parts are as many as make up the whole: their first register says how wide they are. */
void KernelBuilder::parseUnpacking(const Slot& slot, Instruction& i) {
  expect(lexer_, '{');
  i.run = unpack;
  i.count = 0;
  do {
    Token name = expectWord(lexer_);
    if (i.count == 4) refuse(name.line, "vector that is too long");
    int bits = name.text == "_" ? 0 : registers_.find(name.text).type.bits;
    i.vector[i.count++] = name.text == "_" ? kNone : destination(name, {'b', bits}, false);
    if (bits != 0) i.width = static_cast<uint8_t>(bits);
  } while (accept(lexer_, ','));
  if (i.width * i.count != slot.type.bits) refuse(lexer_.peek().line, "parts that do not make up the whole");
  i.width = static_cast<uint8_t>(slot.type.bits);
  expect(lexer_, '}');
}

void KernelBuilder::parsePacking(const Slot& slot, Instruction& i) {
  expect(lexer_, '{');
  i.run = pack;
  i.count = 0;
  int bits = 0;
  do {
    Token name = expectWord(lexer_);
    if (i.count == 4) refuse(name.line, "vector that is too long");
    bits = registers_.find(name.text).type.bits;
    i.vector[i.count++] = namedSource(name, {'b', bits}, false);
  } while (accept(lexer_, ','));
  if (bits * i.count != slot.type.bits) refuse(lexer_.peek().line, "parts that do not make up the whole");
  expect(lexer_, '}');
}

void KernelBuilder::parseAddress(Instruction& i) {
  expect(lexer_, '[');
  constexpr Type kAddress{'u', 64};
  if (lexer_.peek().kind == Token::kWord) {
    parseNamedAddress(lexer_.next(), i);
  } else {
    i.a = registers_.constant(0);
    i.offset = static_cast<int64_t>(parseNumber(lexer_, kAddress));
  }
  if (accept(lexer_, '+') || lexer_.peek().is('-')) {
    i.offset += static_cast<int64_t>(parseNumber(lexer_, kAddress));
  }
  expect(lexer_, ']');
}

void KernelBuilder::parseNamedAddress(const Token& name, Instruction& i) {
  if (i.space != Space::kParam) {
    i.a = namedSource(name, {'u', 64}, false);
    return;
  }
  for (const Parameter& p : kernel_.parameters) {
    if (p.name != name.text) continue;
    i.offset = p.offset;
    return;
  }
  refuse(name.line, "unknown parameter " + quoted(name.text));
}

void KernelBuilder::parseTarget(Instruction&) {
  jumps_.emplace_back(static_cast<uint32_t>(kernel_.code.size()), expectWord(lexer_));
}

namespace {

void checkWidth(const Token& name, Type has, Type needs, bool wide) {
  bool fits = wide ? has.bits >= needs.bits && has.kind != 'p' : has.bits == needs.bits;
  // Registers of bits hold any type; those of numbers hold floats or integers.
  bool mixed = (has.kind == 'f' && (needs.kind == 'u' || needs.kind == 's')) ||
               (needs.kind == 'f' && (has.kind == 'u' || has.kind == 's'));
  if (fits && !mixed) return;
  refuse(name.line, "register " + quoted(name.text) + " of " + std::to_string(has.bits) +
                        " bits where " + std::to_string(needs.bits) + " are wanted");
}

}  // namespace

uint32_t KernelBuilder::destination(const Token& name, Type type, bool wide) {
  Register found = registers_.find(name.text);
  if (found.row == kNone) refuse(name.line, "unknown register " + quoted(name.text));
  checkWidth(name, found.type, type, wide);
  writes_.push_back(found.row);
  return found.row;
}

uint32_t KernelBuilder::source(Type type, bool wide) {
  if (lexer_.peek().kind == Token::kWord) return namedSource(lexer_.next(), type, wide);
  return registers_.constant(parseNumber(lexer_, type));
}

/** A register, a special register, or the address of a variable. */
uint32_t KernelBuilder::namedSource(const Token& name, Type type, bool wide) {
  Register found = registers_.find(name.text);
  if (found.row != kNone) {
    checkWidth(name, found.type, type, wide);
    reads_.push_back(found.row);
    return found.row;
  }
  uint32_t special = registers_.special(name.text);
  if (special != kNone) {
    checkWidth(name, {'b', 32}, type, wide);
    return special;
  }
  for (const Variable& v : moduleShared_) {
    if (v.name == name.text && shared_.count(v.name) == 0) placeShared(v);
  }
  auto variable = shared_.find(std::string(name.text));
  if (variable == shared_.end()) refuse(name.line, "unknown name " + quoted(name.text));
  return registers_.constant(variable->second);
}

void KernelBuilder::setSource(Instruction& i, uint32_t row) {
  uint32_t* fields[] = {&i.a, &i.b, &i.c, &i.e};
  *fields[sources_++] = row;
}

}  // namespace norma
