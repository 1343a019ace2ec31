#include "kernel_builder.h"

namespace norma {

KernelBuilder::KernelBuilder(Lexer& lexer, Kernel& kernel, const std::vector<Variable>& shared)
    : lexer_(lexer), kernel_(kernel), moduleShared_(shared) {}

void KernelBuilder::parseBody() {
  expect(lexer_, '{');
  scopes_.push_back(registers_.openScope());
  while (!scopes_.empty()) parseStatement();
  finish();
}

void KernelBuilder::parseStatement() {
  Token token = lexer_.next();
  if (token.is('{')) {
    scopes_.push_back(registers_.openScope());
  } else if (token.is('}')) {
    registers_.closeScope(scopes_.back());
    scopes_.pop_back();
  } else if (token.kind == Token::kWord && token.text[0] == '.') {
    parseDirective(token);
  } else if (token.kind == Token::kWord && accept(lexer_, ':')) {
    bool isNew = labels_.emplace(token.text, static_cast<uint32_t>(kernel_.code.size())).second;
    if (!isNew) refuse(token.line, "second label " + quoted(token.text));
  } else if (!token.is(';')) {
    parseInstruction(token);
  }
}

void KernelBuilder::parseDirective(const Token& token) {
  if (token.text == ".reg") {
    parseRegisters();
  } else if (token.text == ".shared") {
    placeShared(parseVariable(lexer_));
  } else if (token.text == ".pragma") {
    lexer_.next();
  } else {
    refuse(token.line, "unknown directive " + quoted(token.text));
  }
  expect(lexer_, ';');
}

void KernelBuilder::parseRegisters() {
  Type type = parseType(expectWord(lexer_));
  do {
    Token name = expectWord(lexer_);
    bool counted = accept(lexer_, '<');
    uint64_t count = counted ? parseNumber(lexer_, {'u', 32}) : 1;
    if (counted) expect(lexer_, '>');
    registers_.declare(name.text, counted, static_cast<uint32_t>(count), type);
  } while (accept(lexer_, ','));
}

void KernelBuilder::placeShared(const Variable& variable) {
  uint32_t offset = (kernel_.sharedBytes + variable.alignment - 1) / variable.alignment * variable.alignment;
  shared_[variable.name] = offset;
  kernel_.sharedBytes = offset + static_cast<uint32_t>(variable.bytes);
}

void KernelBuilder::parseGuard(Instruction& i) {
  i.guardNegated = accept(lexer_, '!');
  Token name = expectWord(lexer_);
  i.guard = namedSource(name, {'p', 1}, false);
  reads_.push_back(i.guard);
}

void KernelBuilder::parseInstruction(const Token& first) {
  Instruction i;
  reads_.clear();
  writes_.clear();
  sources_ = 0;
  Token name = first;
  if (first.is('@')) {
    parseGuard(i);
    name = expectWord(lexer_);
  }
  if (name.kind != Token::kWord) refuse(name.line, "expected an instruction, not " + quoted(name.text));
  const Opcode* opcode = findOpcode(name.text);
  if (opcode == nullptr) refuse(name.line, "unknown instruction " + quoted(name.text));
  i.line = static_cast<uint32_t>(name.line);
  i.run = opcode->run;
  i.opcode = opcode->index;
  i.flow = opcode->flow;
  i.space = opcode->space;
  i.count = opcode->count;
  i.mode = opcode->mode;
  i.isLoad = opcode->isLoad;
  i.isStore = opcode->isStore;
  i.uniform = opcode->uniform;
  for (size_t n = 0; n < opcode->slots.size(); n++) {
    if (n > 0) expect(lexer_, ',');
    parseOperand(*opcode, opcode->slots[n], i);
  }
  expect(lexer_, ';');
  finishInstruction(*opcode, i);
}

void KernelBuilder::finishInstruction(const Opcode& opcode, Instruction& i) {
  bool global = i.space == Space::kGlobal || i.space == Space::kGeneric;
  if (global && (i.isLoad || i.isStore)) i.site = 0;
  for (const Slot& slot : opcode.slots) {
    bool value = slot.role == Role::kWideDestination || slot.role == Role::kWideSource;
    if (value) i.bytes = static_cast<uint8_t>(slot.type.bytes() * i.count);
  }
  if (i.space == Space::kParam && i.offset + uint64_t{i.bytes} > kernel_.parameterBytes) {
    refuse(static_cast<int>(i.line), "read beyond the parameters");
  }
  kernel_.code.push_back(i);
  kernel_.reads.push_back(reads_);
  kernel_.writes.push_back(writes_);
}

void KernelBuilder::finish() {
  Instruction end;
  end.flow = Flow::kReturn;
  end.opcode = findOpcode("ret")->index;
  kernel_.code.push_back(end);
  kernel_.reads.emplace_back();
  kernel_.writes.emplace_back();
  for (const auto& [jump, label] : jumps_) {
    auto found = labels_.find(label.text);
    if (found == labels_.end()) refuse(label.line, "unknown label " + quoted(label.text));
    kernel_.code[jump].target = found->second;
  }
  for (Instruction& i : kernel_.code) {
    if (i.site == kNone) continue;
    i.site = static_cast<uint32_t>(kernel_.sites.size());
    kernel_.sites.push_back(&i);
  }
  registers_.finish(kernel_);
  setReconvergence(kernel_);
}

}  // namespace norma
