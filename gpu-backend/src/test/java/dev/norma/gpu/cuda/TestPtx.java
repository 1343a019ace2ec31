package dev.norma.gpu.cuda;

import dev.norma.kernels.Program;

/** A program for tests of devices, in PTX. */
final class TestPtx {
  static final Program PROGRAM = new Program("f64", "arithmetic");

  /**
   * {@code affine(in, out, from, count, slope)} stores {@code slope * in[from + i]} plus the number
   * of the group in {@code out[i]}, for i below count; {@code scale(x, by)} multiplies each number
   * of x.
   */
  static final String ARITHMETIC =
      """
      .version 6.3
      .target sm_50
      .address_size 64
      .visible .entry affine(
      	.param .u64 affine_in,
      	.param .u64 affine_out,
      	.param .u32 affine_from,
      	.param .u64 affine_count,
      	.param .f64 affine_slope
      )
      {
      	.reg .pred 	%p<2>;
      	.reg .b32 	%r<6>;
      	.reg .f64 	%fd<5>;
      	.reg .b64 	%rd<11>;
      	mov.u32 	%r1, %ctaid.x;
      	mov.u32 	%r2, %ntid.x;
      	mov.u32 	%r3, %tid.x;
      	mad.lo.s32 	%r4, %r1, %r2, %r3;
      	cvt.s64.s32 	%rd1, %r4;
      	ld.param.u64 	%rd2, [affine_count];
      	setp.ge.s64 	%p1, %rd1, %rd2;
      	@%p1 bra 	$L__done;
      	ld.param.u64 	%rd3, [affine_in];
      	ld.param.u64 	%rd4, [affine_out];
      	ld.param.u32 	%r5, [affine_from];
      	ld.param.f64 	%fd1, [affine_slope];
      	cvt.s64.s32 	%rd5, %r5;
      	add.s64 	%rd6, %rd5, %rd1;
      	shl.b64 	%rd7, %rd6, 3;
      	add.s64 	%rd8, %rd3, %rd7;
      	ld.global.f64 	%fd2, [%rd8];
      	cvt.rn.f64.s32 	%fd3, %r1;
      	fma.rn.f64 	%fd4, %fd1, %fd2, %fd3;
      	shl.b64 	%rd9, %rd1, 3;
      	add.s64 	%rd10, %rd4, %rd9;
      	st.global.f64 	[%rd10], %fd4;
      $L__done:
      	ret;
      }
      .visible .entry scale(
      	.param .u64 scale_x,
      	.param .f64 scale_by
      )
      {
      	.reg .b32 	%r<5>;
      	.reg .f64 	%fd<4>;
      	.reg .b64 	%rd<5>;
      	mov.u32 	%r1, %ctaid.x;
      	mov.u32 	%r2, %ntid.x;
      	mov.u32 	%r3, %tid.x;
      	mad.lo.s32 	%r4, %r1, %r2, %r3;
      	ld.param.u64 	%rd1, [scale_x];
      	ld.param.f64 	%fd1, [scale_by];
      	cvt.s64.s32 	%rd2, %r4;
      	shl.b64 	%rd3, %rd2, 3;
      	add.s64 	%rd4, %rd1, %rd3;
      	ld.global.f64 	%fd2, [%rd4];
      	mul.rn.f64 	%fd3, %fd2, %fd1;
      	st.global.f64 	[%rd4], %fd3;
      	ret;
      }
      """;

  private TestPtx() {}
}
