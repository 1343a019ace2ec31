// Words, numbers and signs of PTX text, one after the other, with their lines.
#pragma once

#include <string_view>

namespace norma {

struct Token {
  enum Kind { kWord, kNumber, kString, kSign, kEnd };
  Kind kind = kEnd;
  std::string_view text;
  int line = 1;

  bool is(char sign) const { return kind == kSign && text[0] == sign; }
};

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) { advance(); }

  /** The token that next() is about to return. */
  const Token& peek() const { return token_; }

  Token next() {
    Token result = token_;
    advance();
    return result;
  }

 private:
  void advance();
  void skipSpace();
  void skipComment();

  std::string_view text_;
  size_t at_ = 0;
  int line_ = 1;
  Token token_;
};

}  // namespace norma
