// Floating-point arithmetic: IEEE, rounded to nearest, with subnormals. Results that are NaN are
// the one NaN that hardware makes in binary32; in binary64 payloads pass through, as they do there.
#include <cmath>

#include "lanes.h"
#include "opcodes.h"

namespace norma {

namespace {

template <class T>
T result(T v);

template <>
float result(float v) {
  return v == v ? v : fromLane<float>(0x7fffffff);
}

template <>
double result(double v) {
  return v;
}

template <class T>
void add(Warp& w, const Instruction& i) {
  binary<T, T>(w, i, [](T a, T b) { return result(a + b); });
}

template <class T>
void sub(Warp& w, const Instruction& i) {
  binary<T, T>(w, i, [](T a, T b) { return result(a - b); });
}

template <class T>
void mul(Warp& w, const Instruction& i) {
  binary<T, T>(w, i, [](T a, T b) { return result(a * b); });
}

template <class T>
void div(Warp& w, const Instruction& i) {
  binary<T, T>(w, i, [](T a, T b) { return result(a / b); });
}

template <class T>
void fma(Warp& w, const Instruction& i) {
  ternary<T, T>(w, i, [](T a, T b, T c) { return result(std::fma(a, b, c)); });
}

template <class T>
void rcp(Warp& w, const Instruction& i) {
  unary<T, T>(w, i, [](T a) { return result(T{1} / a); });
}

template <class T>
void sqrt(Warp& w, const Instruction& i) {
  unary<T, T>(w, i, [](T a) { return result(std::sqrt(a)); });
}

/** Of a number and a NaN the number; -0 is less than +0. */
template <class T>
T smaller(T a, T b) {
  if (a != a) return result(b);
  if (b != b) return a;
  if (a == b) return std::signbit(a) ? a : b;
  return a < b ? a : b;
}

template <class T>
T larger(T a, T b) {
  if (a != a) return result(b);
  if (b != b) return a;
  if (a == b) return std::signbit(a) ? b : a;
  return a < b ? b : a;
}

template <class T>
void min(Warp& w, const Instruction& i) {
  binary<T, T>(w, i, smaller<T>);
}

template <class T>
void max(Warp& w, const Instruction& i) {
  binary<T, T>(w, i, larger<T>);
}

template <class T>
void neg(Warp& w, const Instruction& i) {
  unary<T, T>(w, i, [](T a) { return -a; });
}

template <class T>
void abs(Warp& w, const Instruction& i) {
  unary<T, T>(w, i, [](T a) { return std::fabs(a); });
}

/** The sign of the first, the rest of the second. */
template <class T>
void copysign(Warp& w, const Instruction& i) {
  binary<T, T>(w, i, [](T a, T b) { return std::copysign(b, a); });
}

template <class T>
void addType(Opcodes& table, const std::string& name) {
  Type type = Type::of(name);
  std::vector<Slot> two{{Role::kDestination, type}, {Role::kSource, type}};
  std::vector<Slot> three = two;
  three.push_back({Role::kSource, type});
  std::vector<Slot> four = three;
  four.push_back({Role::kSource, type});
  // Without .rn, ptxas may contract a product and a sum: such opcodes are not here.
  table.add("add.rn." + name, add<T>, three);
  table.add("sub.rn." + name, sub<T>, three);
  table.add("mul.rn." + name, mul<T>, three);
  table.add("div.rn." + name, div<T>, three);
  table.add("fma.rn." + name, fma<T>, four);
  table.add("rcp.rn." + name, rcp<T>, two);
  table.add("sqrt.rn." + name, sqrt<T>, two);
  table.add("min." + name, min<T>, three);
  table.add("max." + name, max<T>, three);
  table.add("neg." + name, neg<T>, two);
  table.add("abs." + name, abs<T>, two);
  table.add("copysign." + name, copysign<T>, three);
}

}  // namespace

void addFloats(Opcodes& table) {
  addType<float>(table, "f32");
  addType<double>(table, "f64");
}

}  // namespace norma
