// Signs and numbers, which modules and kernels read in the same way.
#pragma once

#include <string>

#include "cuda_abi.h"
#include "faults.h"
#include "ptx_lexer.h"
#include "types.h"

namespace norma {

[[noreturn]] inline void refuse(int line, const std::string& what) {
  throw PtxError(CUDA_ERROR_INVALID_PTX, line, what);
}

inline std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

void expect(Lexer& lexer, char sign);

/** Takes a sign if it is next. */
bool accept(Lexer& lexer, char sign);

Token expectWord(Lexer& lexer);

/** Reads a number, with its sign, as the bits of a value of this type. */
uint64_t parseNumber(Lexer& lexer, Type type);

/** Reads ".u32" and the like. */
Type parseType(const Token& token);

/** A variable: .align 8 .b8 name[16], .u64 name, without what stands in front or behind. */
struct Variable {
  std::string name;
  uint32_t alignment;
  uint64_t bytes;
};

Variable parseVariable(Lexer& lexer);

}  // namespace norma
