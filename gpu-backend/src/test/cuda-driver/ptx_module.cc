#include "ptx_module.h"

#include <cstdio>
#include <utility>

#include "kernel_builder.h"
#include "ptx_parser.h"

namespace norma {

const Kernel* PtxModule::find(std::string_view name) const {
  for (const Kernel& kernel : kernels) {
    if (kernel.name == name) return &kernel;
  }
  return nullptr;
}

namespace {

constexpr Type kCount{'u', 32};

class ModuleParser {
 public:
  ModuleParser(std::string_view text, int capability) : lexer_(text), capability_(capability) {}

  PtxModule parse() {
    parseVersion();
    parseTarget();
    while (lexer_.peek().kind != Token::kEnd) parseDefinition();
    return std::move(module_);
  }

 private:
  void expectDirective(std::string_view directive) {
    Token token = lexer_.next();
    if (token.text != directive) refuse(token.line, "expected " + quoted(directive) + ", not " + quoted(token.text));
  }

  void parseVersion() {
    expectDirective(".version");
    Token version = lexer_.next();
    int major = 0;
    int minor = 0;
    if (std::sscanf(std::string(version.text).c_str(), "%d.%d", &major, &minor) != 2) {
      refuse(version.line, "unknown version " + quoted(version.text));
    }
    // CUDA 11.4 knows PTX up to 7.4.
    if (major > 7 || (major == 7 && minor > 4)) {
      throw PtxError(CUDA_ERROR_UNSUPPORTED_PTX_VERSION, version.line,
                     "version " + std::string(version.text) + " is newer than 7.4");
    }
  }

  void parseTarget() {
    expectDirective(".target");
    Token target = expectWord(lexer_);
    int capability = 0;
    if (std::sscanf(std::string(target.text).c_str(), "sm_%d", &capability) != 1) {
      refuse(target.line, "unknown target " + quoted(target.text));
    }
    if (capability > capability_) {
      throw PtxError(CUDA_ERROR_NO_BINARY_FOR_GPU, target.line,
                     "target " + std::string(target.text) + " on a device of sm_" + std::to_string(capability_));
    }
    expectDirective(".address_size");
    Token size = lexer_.next();
    if (size.text != "64") refuse(size.line, "address size " + quoted(size.text));
  }

  void parseDefinition() {
    Token token = expectWord(lexer_);
    if (token.text == ".visible") {
      expectDirective(".entry");
      parseEntry();
    } else if (token.text == ".entry") {
      parseEntry();
    } else if (token.text == ".shared") {
      shared_.push_back(parseVariable(lexer_));
      expect(lexer_, ';');
    } else {
      refuse(token.line, "unknown directive " + quoted(token.text));
    }
  }

  void parseEntry() {
    Kernel& kernel = module_.kernels.emplace_back();
    kernel.name = expectWord(lexer_).text;
    if (accept(lexer_, '(')) parseParameters(kernel);
    while (!lexer_.peek().is('{')) parseTuning(kernel, expectWord(lexer_));
    KernelBuilder(lexer_, kernel, shared_).parseBody();
  }

  void parseParameters(Kernel& kernel) {
    if (accept(lexer_, ')')) return;
    do {
      expectDirective(".param");
      Variable v = parseVariable(lexer_);
      uint32_t offset = (kernel.parameterBytes + v.alignment - 1) / v.alignment * v.alignment;
      kernel.parameters.push_back({v.name, offset, static_cast<uint32_t>(v.bytes)});
      kernel.parameterBytes = offset + static_cast<uint32_t>(v.bytes);
    } while (accept(lexer_, ','));
    expect(lexer_, ')');
  }

  /** .maxntid and .reqntid; .minnctapersm is advice to the assembler. */
  void parseTuning(Kernel& kernel, const Token& token) {
    uint32_t values[3] = {1, 1, 1};
    int n = 0;
    do {
      if (n == 3) refuse(token.line, "more than three dimensions");
      values[n++] = static_cast<uint32_t>(parseNumber(lexer_, kCount));
    } while (accept(lexer_, ','));
    if (token.text == ".maxntid") {
      kernel.maxThreads = values[0] * values[1] * values[2];
    } else if (token.text == ".reqntid") {
      for (int axis = 0; axis < 3; axis++) kernel.requiredThreads[axis] = values[axis];
    } else if (token.text != ".minnctapersm") {
      refuse(token.line, "unknown directive " + quoted(token.text));
    }
  }

  Lexer lexer_;
  int capability_;
  PtxModule module_;
  std::vector<Variable> shared_;
};

}  // namespace

PtxModule parsePtx(std::string_view text, int capability) {
  return ModuleParser(text, capability).parse();
}

}  // namespace norma
