#include "ptx_parser.h"

#include <cerrno>
#include <cstdlib>

namespace norma {

void expect(Lexer& lexer, char sign) {
  Token token = lexer.next();
  if (!token.is(sign)) refuse(token.line, std::string("expected '") + sign + "', not " + quoted(token.text));
}

bool accept(Lexer& lexer, char sign) {
  if (!lexer.peek().is(sign)) return false;
  lexer.next();
  return true;
}

Token expectWord(Lexer& lexer) {
  Token token = lexer.next();
  if (token.kind != Token::kWord) refuse(token.line, "expected a name, not " + quoted(token.text));
  return token;
}

namespace {

uint64_t parseDigits(const Token& token, std::string digits, int base) {
  char* end = nullptr;
  errno = 0;
  uint64_t value = std::strtoull(digits.c_str(), &end, base);
  if (*end != 0 || end == digits.c_str() || errno != 0) refuse(token.line, "unknown number " + quoted(token.text));
  return value;
}

bool isBits(std::string_view text, char kind) {
  return text.size() > 2 && text[0] == '0' && (text[1] == kind || text[1] == kind - 32);
}

double parseFloat(const Token& token) {
  std::string digits(token.text.substr(2));
  uint64_t bits = parseDigits(token, digits, 16);
  if (isBits(token.text, 'd')) return fromLane<double>(bits);
  return fromLane<float>(bits);
}

uint64_t parseInteger(const Token& token) {
  std::string digits(token.text);
  if (digits.back() == 'U') digits.pop_back();
  return parseDigits(token, digits, 0);
}

}  // namespace

uint64_t parseNumber(Lexer& lexer, Type type) {
  bool negative = accept(lexer, '-');
  Token token = lexer.next();
  if (token.kind != Token::kNumber) refuse(token.line, "expected a number, not " + quoted(token.text));
  bool isFloat = isBits(token.text, 'f') || isBits(token.text, 'd');
  if (isFloat && type.kind == 'f') {
    bool same = isBits(token.text, type.bits == 64 ? 'd' : 'f');
    // NaNs keep their payload only if they are not converted.
    if (same && !negative) return parseDigits(token, std::string(token.text.substr(2)), 16);
    double value = negative ? -parseFloat(token) : parseFloat(token);
    return type.bits == 64 ? toLane(value) : toLane(static_cast<float>(value));
  }
  if (isFloat || type.kind == 'f') {
    refuse(token.line, "number " + quoted(token.text) + " of another kind than the operand");
  }
  uint64_t value = parseInteger(token);
  if (negative) value = 0 - value;
  if (type.kind == 'p') return value != 0;
  return type.bits >= 64 ? value : value & ((uint64_t{1} << type.bits) - 1);
}

Type parseType(const Token& token) {
  if (token.text.empty() || token.text[0] != '.') refuse(token.line, "expected a type, not " + quoted(token.text));
  Type type = Type::of(token.text.substr(1));
  if (type.kind == 0) refuse(token.line, "unknown type " + quoted(token.text));
  return type;
}

Variable parseVariable(Lexer& lexer) {
  constexpr Type kCount{'u', 64};
  Variable result{};
  Token token = expectWord(lexer);
  if (token.text == ".align") {
    result.alignment = static_cast<uint32_t>(parseNumber(lexer, kCount));
    token = expectWord(lexer);
  }
  Type type = parseType(token);
  if (result.alignment == 0) result.alignment = type.bytes();
  token = expectWord(lexer);
  // Of a pointer: .ptr .global .align 4.
  while (token.text[0] == '.') {
    bool known = token.text == ".ptr" || token.text == ".global" || token.text == ".align";
    if (!known) refuse(token.line, "unknown attribute " + quoted(token.text));
    if (token.text == ".align") parseNumber(lexer, kCount);
    token = expectWord(lexer);
  }
  result.name = token.text;
  result.bytes = type.bytes();
  if (accept(lexer, '[')) {
    result.bytes *= parseNumber(lexer, kCount);
    expect(lexer, ']');
  }
  return result;
}

}  // namespace norma
