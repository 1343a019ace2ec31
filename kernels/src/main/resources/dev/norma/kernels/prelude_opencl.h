// The dialect of all kernels in OpenCL C 1.2. They use no other name of OpenCL than these, but for
// fma() and the arithmetic of C.
#pragma OPENCL EXTENSION cl_khr_fp64 : enable
#pragma OPENCL FP_CONTRACT OFF

typedef long index_t; // of elements, which may be more than 2^31
typedef ulong u64;
typedef uint u32;
typedef ushort u16;

// A kernel that is started in groups of so many work-items, which the compiler has to know: it must
// not give each more registers than a group of them can have.
#define KERNEL(group) __kernel __attribute__((reqd_work_group_size(group, 1, 1)))
#define GLOBAL __global
#define LOCAL __local
#define INLINE static inline

// The same, by force: PoCL 3.1 loses what a function that is called returns, if that is a vector, and
// large ones would be called. Not for all, as oclgrind does not know what becomes of structs then.
#define ALWAYS_INLINE static inline __attribute__((always_inline))
#define GROUP_ID ((index_t) get_group_id(0))
#define LOCAL_ID ((int) get_local_id(0))

// The exponent of a power of two.
#define LOG2_OF(power) (31 - (int) clz((u32) (power)))

#define F64_OF_WORD(x) as_double(x)
#define WORD_OF_F64(x) as_ulong(x)

// Vectors of four, for the four lanes of a work-item. Arithmetic, comparisons, ?: and the names of
// parts (x, y, z, w) are those of Clang's vectors in all dialects; fma() takes vectors.
typedef double4 f64x4;
typedef double2 f64x2;
typedef float4 f32x4;
typedef ulong4 u64x4;
typedef int4 s32x4;
typedef uint4 u32x4;
typedef ushort4 u16x4;

// The same in memory, where numbers of their parts may lie.
typedef double4 f64x4_in_memory __attribute__((aligned(8)));
typedef uint4 u32x4_in_memory __attribute__((aligned(4)));
typedef ushort4 u16x4_in_memory __attribute__((aligned(2)));

// A work-item loads four elements that are neighbours at once, whatever their type and address: see
// prelude_cuda.h for devices that cannot.
#define LOAD_BYTES 32
#define IS_ALIGNED(at) 1
#define SHIFT_OF(at, lanes) 0
#define IN_SECTOR 4 // there are no sectors: as many as a work-item loads at once
#define IN_STEP 0
#define HEAD_OF(at, block) 0
#define ALIGNED_AT(at, gap) (*(GLOBAL const neighbours_t *) (at))
#define SET_ALIGNED_AT(at, gap, four) (*(GLOBAL neighbours_t *) (at) = (four))
#define SET_ELEMENTS_AT(at, gap, four) SET_ALIGNED_AT(at, gap, four)

// Where the compiler is to keep loads before what does not need them yet.
#define AFTER_LOADS

#define F64_OF_BITS(x) as_double4(x)
#define BITS_OF_F64(x) as_ulong4(x)
#define F32_OF_BITS(x) as_float4(x)
#define BITS_OF_F32(x) as_uint4(x)
#define F64_OF_F32(x) convert_double4(x)
#define F32_OF_F64(x) convert_float4(x)
#define F32_OF_U32(x) convert_float4(x)
#define U64_OF_U32(x) convert_ulong4(x)
#define U32_OF_U16(x) convert_uint4(x)
#define U32_OF_U64(x) convert_uint4(x) // the lower half
#define U16_OF_U32(x) convert_ushort4(x)

// What comparisons give, all bits of a part or none, as numbers without sign.
#define MASK_64(compared) as_ulong4(compared)
#define MASK_32(compared) as_uint4(compared)
#define U64_OF_MASK_32(compared) as_ulong4(convert_long4(compared))

// TILE stands at the head of a kernel whose work-items write to memory of the group, and read it when
// all of them have passed BARRIER.
#define TILE(type, size) __local type tile[size]
#define LOCAL_AT(at) (*(LOCAL const neighbours_t *) (at))
#define SET_LOCAL_AT(at, four) (*(LOCAL neighbours_t *) (at) = (four))
#define LOCAL_PAIR(at) vload2(0, at)
#define SET_LOCAL_PAIR(at, pair) vstore2(pair, 0, at)
#define BARRIER barrier(CLK_LOCAL_MEM_FENCE)

// EXCHANGE stands at the head of a kernel whose work-items call FROM_ABOVE, which returns what
// the work-item at LOCAL_ID ^ distance holds; all of a group call it together. A second row makes
// one barrier enough: nobody writes to a row before all have read what it held.
#define EXCHANGE(type, size)             \
  __local type exchange[2][size];        \
  int exchange_row = 0

#define FROM_ABOVE(to, own, distance)                  \
  do {                                                 \
    exchange_row ^= 1;                                 \
    exchange[exchange_row][LOCAL_ID] = (own);          \
    barrier(CLK_LOCAL_MEM_FENCE);                      \
    to = exchange[exchange_row][LOCAL_ID ^ (distance)]; \
  } while (0)

// The same among the 32 work-items of one warp.
#define FROM_LANE_ABOVE(to, own, distance) FROM_ABOVE(to, own, distance)
