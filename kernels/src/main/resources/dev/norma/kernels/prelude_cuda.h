// The dialect of all kernels for CUDA: the OpenCL C of Clang without any library, with the built-in
// functions of its PTX target. See prelude_opencl.h for what the names mean.
#pragma OPENCL FP_CONTRACT OFF

typedef long index_t;
typedef unsigned long u64;
typedef unsigned int u32;
typedef unsigned short u16;

#define KERNEL(group) __kernel __attribute__((reqd_work_group_size(group, 1, 1)))
#define GLOBAL __global
#define LOCAL __local
#define INLINE static inline __attribute__((always_inline, overloadable))
#define ALWAYS_INLINE INLINE
#define GROUP_ID ((index_t) __nvvm_read_ptx_sreg_ctaid_x())
#define LOCAL_ID ((int) __nvvm_read_ptx_sreg_tid_x())
#define LOG2_OF(power) (31 - __builtin_clz((u32) (power)))

typedef double f64x4 __attribute__((ext_vector_type(4)));
typedef float f32x4 __attribute__((ext_vector_type(4)));
typedef int s32x4 __attribute__((ext_vector_type(4)));
typedef long s64x4 __attribute__((ext_vector_type(4)));
typedef u64 u64x4 __attribute__((ext_vector_type(4)));
typedef u32 u32x4 __attribute__((ext_vector_type(4)));
typedef u16 u16x4 __attribute__((ext_vector_type(4)));

typedef double f64x2 __attribute__((ext_vector_type(2)));

typedef f64x4 f64x4_in_memory __attribute__((aligned(8)));
typedef u32x4 u32x4_in_memory __attribute__((aligned(4)));
typedef u16x4 u16x4_in_memory __attribute__((aligned(2)));

// A thread loads 16 bytes at once: four neighbours, or two pairs of binary64. They are loaded and
// stored as a vector where they are aligned, else one by one.
#define LOAD_BYTES 16
#define LOADED_BYTES (sizeof(elements_t) < LOAD_BYTES ? sizeof(elements_t) : LOAD_BYTES)
#define IS_ALIGNED(at) (((u64) (at) & (LOADED_BYTES - 1)) == 0)

// Memory comes in sectors, which have so many elements.
#define SECTOR_BYTES 32
#define IN_SECTOR (SECTOR_BYTES / ELEMENT_BYTES)

// A row may end within a sector that several work-items load: at its end they all take the same
// steps, and what is left of a four like a whole one, or they would ask for it in several steps.
#define IN_STEP 1

// So many elements lie before the first one that is aligned to a block of elements.
#define HEAD_OF(at, block) \
  ((int) ((-(u32) (u64) (at) & ((u32) (block) * ELEMENT_BYTES - 1U)) / ELEMENT_BYTES))

// How many elements lie between an address and the last one before it from which so many lanes are
// loaded best.
#define SHIFT_OF(at, lanes) \
  ((int) (((u32) (u64) (at) & (LANE_BYTES(lanes) - 1U)) / ELEMENT_BYTES))
#define LANE_BYTES(lanes) min_of((u32) (lanes) * ELEMENT_BYTES, SECTOR_BYTES)
INLINE u32 min_of(u32 a, u32 b) { return a < b ? a : b; }
#define ALIGNED_AT(at, gap) aligned_at(at, gap)
#define SET_ALIGNED_AT(at, gap, four) set_aligned(at, gap, four)
#define SET_ELEMENTS_AT(at, gap, four)                    \
  do {                                                    \
    if (IS_ALIGNED(at)) {                                 \
      set_aligned(at, gap, four);                         \
    } else {                                              \
      (at)[0] = (four).x;                                 \
      (at)[1] = (four).y;                                 \
      (at)[gap] = (four).z;                               \
      (at)[(gap) + 1] = (four).w;                         \
    }                                                     \
  } while (0)

// No load before it is moved behind it. It is no instruction.
#define AFTER_LOADS __asm__ volatile("" ::: "memory")

#define F64_OF_WORD(x) __builtin_astype(x, double)
#define WORD_OF_F64(x) __builtin_astype(x, u64)
#define F64_OF_BITS(x) __builtin_astype(x, f64x4)
#define BITS_OF_F64(x) __builtin_astype(x, u64x4)
#define F32_OF_BITS(x) __builtin_astype(x, f32x4)
#define BITS_OF_F32(x) __builtin_astype(x, u32x4)
#define F64_OF_F32(x) __builtin_convertvector(x, f64x4)
#define F32_OF_F64(x) __builtin_convertvector(x, f32x4)
#define F32_OF_U32(x) __builtin_convertvector(x, f32x4)
#define F32_OF_F16(x) f32_of_f16(x)
#define F16_OF_F32(x) f16_of_f32(x)
#define U64_OF_U32(x) __builtin_convertvector(x, u64x4)
#define U32_OF_U16(x) __builtin_convertvector(x, u32x4)
#define U32_OF_U64(x) __builtin_convertvector(x, u32x4)
#define U16_OF_U32(x) __builtin_convertvector(x, u16x4)

#define MASK_64(compared) __builtin_astype(compared, u64x4)
#define MASK_32(compared) __builtin_astype(compared, u32x4)
#define U64_OF_MASK_32(compared) \
  __builtin_astype(__builtin_convertvector(compared, s64x4), u64x4)

// Clang has no half type for this target.
INLINE float f32_of_f16(u16 x) {
  float y;
  __asm__("cvt.f32.f16 %0, %1;" : "=f"(y) : "h"(x));
  return y;
}

INLINE f32x4 f32_of_f16(u16x4 x) {
  f32x4 y = {f32_of_f16(x.x), f32_of_f16(x.y), f32_of_f16(x.z), f32_of_f16(x.w)};
  return y;
}

INLINE u16 f16_of_f32(float x) {
  u16 y;
  __asm__("cvt.rn.f16.f32 %0, %1;" : "=h"(y) : "f"(x));
  return y;
}

INLINE u16x4 f16_of_f32(f32x4 x) {
  u16x4 y = {f16_of_f32(x.x), f16_of_f32(x.y), f16_of_f32(x.z), f16_of_f32(x.w)};
  return y;
}

INLINE u32x4 aligned_at(GLOBAL const u32 *at, int gap) { return *(GLOBAL const u32x4 *) at; }

// Of a vector whose parts are converted one by one, the compiler would make four loads.
INLINE u16x4 aligned_at(GLOBAL const u16 *at, int gap) {
  u16 a;
  u16 b;
  u16 c;
  u16 d;
  __asm__ volatile("ld.global.v4.u16 {%0, %1, %2, %3}, [%4];"
                   : "=h"(a), "=h"(b), "=h"(c), "=h"(d)
                   : "l"(at));
  u16x4 x = {a, b, c, d};
  return x;
}

INLINE f64x4 aligned_at(GLOBAL const double *at, int gap) {
  f64x2 low = *(GLOBAL const f64x2 *) at;
  f64x2 high = *(GLOBAL const f64x2 *) (at + gap);
  f64x4 x = {low, high};
  return x;
}

INLINE void set_aligned(GLOBAL u32 *at, int gap, u32x4 x) { *(GLOBAL u32x4 *) at = x; }
INLINE void set_aligned(GLOBAL u16 *at, int gap, u16x4 x) { *(GLOBAL u16x4 *) at = x; }
INLINE void set_aligned(GLOBAL double *at, int gap, f64x4 x) {
  *(GLOBAL f64x2 *) at = x.xy;
  *(GLOBAL f64x2 *) (at + gap) = x.zw;
}

INLINE u32x4 local_at(LOCAL const u32 *at) { return *(LOCAL const u32x4 *) at; }
INLINE u16x4 local_at(LOCAL const u16 *at) { return *(LOCAL const u16x4 *) at; }
INLINE void set_local(LOCAL u32 *at, u32x4 x) { *(LOCAL u32x4 *) at = x; }
INLINE void set_local(LOCAL u16 *at, u16x4 x) { *(LOCAL u16x4 *) at = x; }

INLINE double fma(double a, double b, double c) { return __builtin_fma(a, b, c); }

INLINE f64x4 fma(f64x4 a, f64x4 b, f64x4 c) {
  f64x4 r = {fma(a.x, b.x, c.x), fma(a.y, b.y, c.y), fma(a.z, b.z, c.z), fma(a.w, b.w, c.w)};
  return r;
}

INLINE float fma(float a, float b, float c) { return __builtin_fmaf(a, b, c); }

INLINE f32x4 fma(f32x4 a, f32x4 b, f32x4 c) {
  f32x4 r = {fma(a.x, b.x, c.x), fma(a.y, b.y, c.y), fma(a.z, b.z, c.z), fma(a.w, b.w, c.w)};
  return r;
}

#define TILE(type, size) __local type tile[size] __attribute__((aligned(LOAD_BYTES)))
#define LOCAL_AT(at) local_at(at)
#define SET_LOCAL_AT(at, four) set_local(at, four)
#define LOCAL_PAIR(at) (*(LOCAL const f64x2 *) (at))
#define SET_LOCAL_PAIR(at, pair) (*(LOCAL f64x2 *) (at) = (pair))
#define BARRIER __syncthreads()

#define EXCHANGE(type, size)  \
  __local type exchange[2][size]; \
  int exchange_row = 0

#define FROM_ABOVE(to, own, distance)                  \
  do {                                                 \
    exchange_row ^= 1;                                 \
    exchange[exchange_row][LOCAL_ID] = (own);          \
    __syncthreads();                                   \
    to = exchange[exchange_row][LOCAL_ID ^ (distance)]; \
  } while (0)

// A warp exchanges without memory, word by word: of 32 bits where a lane is no more, else of 64. Each
// word has a line of its own: of a loop over them the compiler would make local memory.
typedef u32 half_t __attribute__((may_alias));
typedef u64 word_t __attribute__((may_alias));

INLINE u32 word_above(u32 own, int distance) {
  return (u32) __nvvm_shfl_sync_bfly_i32(0xFFFFFFFFU, (int) own, distance, 31);
}

// The halves are two registers; of shifts in C the compiler would make shifts.
INLINE u64 word_above(u64 own, int distance) {
  u32 low;
  u32 high;
  u64 above;
  __asm__("mov.b64 {%0, %1}, %2;" : "=r"(low), "=r"(high) : "l"(own));
  low = word_above(low, distance);
  high = word_above(high, distance);
  __asm__("mov.b64 %0, {%1, %2};" : "=l"(above) : "r"(low), "r"(high));
  return above;
}

#define FROM_LANE_ABOVE(to, own, distance)                 \
  do {                                                     \
    to = (own);                                            \
    if (sizeof(lane_t) == sizeof(half_t)) {                \
      EIGHT_WORDS((half_t *) &to, 0, sizeof(to), distance) \
    } else {                                               \
      EIGHT_WORDS((word_t *) &to, 0, sizeof(to), distance) \
      EIGHT_WORDS((word_t *) &to, 8, sizeof(to), distance) \
      EIGHT_WORDS((word_t *) &to, 16, sizeof(to), distance)\
      EIGHT_WORDS((word_t *) &to, 24, sizeof(to), distance)\
    }                                                      \
  } while (0)

#define EIGHT_WORDS(words, w, size, distance)  \
  TWO_WORDS(words, w, size, distance)          \
  TWO_WORDS(words, (w) + 2, size, distance)    \
  TWO_WORDS(words, (w) + 4, size, distance)    \
  TWO_WORDS(words, (w) + 6, size, distance)

#define TWO_WORDS(words, w, size, distance)                    \
  if ((w) < (size) / sizeof(*(words))) {                       \
    (words)[w] = word_above((words)[w], distance);             \
    (words)[(w) + 1] = word_above((words)[(w) + 1], distance); \
  }
