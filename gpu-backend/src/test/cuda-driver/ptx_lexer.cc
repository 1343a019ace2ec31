#include "ptx_lexer.h"

#include <array>

namespace norma {

namespace {

std::array<bool, 256> wordCharacters() {
  std::array<bool, 256> result{};
  for (int c = 'a'; c <= 'z'; c++) result[c] = result[c - 'a' + 'A'] = true;
  for (int c = '0'; c <= '9'; c++) result[c] = true;
  for (char c : {'_', '$', '%', '.'}) result[static_cast<unsigned char>(c)] = true;
  return result;
}

bool isWord(char c) {
  static const std::array<bool, 256> kWords = wordCharacters();
  return kWords[static_cast<unsigned char>(c)];
}

bool isDigit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

void Lexer::skipComment() {
  bool line = text_[at_ + 1] == '/';
  size_t end = text_.find(line ? "\n" : "*/", at_ + 2);
  if (end == std::string_view::npos) end = text_.size();
  for (; at_ < end; at_++) line_ += text_[at_] == '\n';
  if (!line && at_ < text_.size()) at_ += 2;
}

void Lexer::skipSpace() {
  for (; at_ < text_.size(); at_++) {
    char c = text_[at_];
    if (c == '/' && at_ + 1 < text_.size() && (text_[at_ + 1] == '/' || text_[at_ + 1] == '*')) {
      skipComment();
      at_--;
    } else if (c == '\n') {
      line_++;
    } else if (c != ' ' && c != '\t' && c != '\r') {
      return;
    }
  }
}

void Lexer::advance() {
  skipSpace();
  token_.line = line_;
  if (at_ >= text_.size()) {
    token_.kind = Token::kEnd;
    token_.text = "end of text";
    return;
  }
  size_t start = at_;
  if (text_[at_] == '"') {
    size_t end = text_.find('"', at_ + 1);
    at_ = end == std::string_view::npos ? text_.size() : end + 1;
    token_.kind = Token::kString;
  } else if (isWord(text_[at_])) {
    token_.kind = isDigit(text_[at_]) ? Token::kNumber : Token::kWord;
    // "::" occurs within opcodes, as in mbarrier.try_wait.shared::cta.
    while (at_ < text_.size() && (isWord(text_[at_]) || text_.substr(at_, 2) == "::")) {
      at_ += text_[at_] == ':' ? 2 : 1;
    }
  } else {
    at_++;
    token_.kind = Token::kSign;
  }
  token_.text = text_.substr(start, at_ - start);
}

}  // namespace norma
