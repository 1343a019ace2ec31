// Loops over the lanes of a warp, which the compiler makes vectors of.
#pragma once

#include "types.h"
#include "warp.h"

#if defined(__clang__)
#define NORMA_LANES \
  _Pragma("clang loop vectorize(assume_safety)") for (int l = 0; l < kWarpSize; l++)
#else
// Rows are the same or apart, so that no lane depends on another one.
#define NORMA_LANES _Pragma("GCC ivdep") for (int l = 0; l < kWarpSize; l++)
#endif

namespace norma {

/** Writes f(lane) to the active lanes of a row. */
template <class F>
inline void writeRow(Warp& w, uint32_t row, F f) {
  uint64_t* out = w.row(row);
  if (w.full) {
    NORMA_LANES out[l] = f(l);
  } else {
    const uint64_t* mask = w.laneMask;
    NORMA_LANES out[l] = (f(l) & mask[l]) | (out[l] & ~mask[l]);
  }
}

template <class T, class R, class F>
inline void unary(Warp& w, const Instruction& i, F f) {
  const uint64_t* a = w.row(i.a);
  writeRow(w, i.d, [=](int l) { return toLane(static_cast<R>(f(fromLane<T>(a[l])))); });
}

template <class T, class R, class F>
inline void binary(Warp& w, const Instruction& i, F f) {
  const uint64_t* a = w.row(i.a);
  const uint64_t* b = w.row(i.b);
  writeRow(w, i.d, [=](int l) {
    return toLane(static_cast<R>(f(fromLane<T>(a[l]), fromLane<T>(b[l]))));
  });
}

template <class T, class R, class F>
inline void ternary(Warp& w, const Instruction& i, F f) {
  const uint64_t* a = w.row(i.a);
  const uint64_t* b = w.row(i.b);
  const uint64_t* c = w.row(i.c);
  writeRow(w, i.d, [=](int l) {
    return toLane(static_cast<R>(f(fromLane<T>(a[l]), fromLane<T>(b[l]), fromLane<R>(c[l]))));
  });
}

}  // namespace norma
