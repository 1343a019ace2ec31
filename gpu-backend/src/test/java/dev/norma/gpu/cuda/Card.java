package dev.norma.gpu.cuda;

import java.util.List;

/**
 * What is published of a card, for estimates. Where each figure is from, and which ones could not
 * be confirmed, is in the section "CUDA, estimated" of docs/performance.md, too:
 *
 * <ul>
 *   <li>V100 SXM2, A100 SXM 80 GB and H100 SXM: multiprocessors, highest clock and bandwidth of
 *       NVIDIA's data sheets. {@code deviceQuery} of an A100-SXM4-80GB says 108, 1410 MHz and 5120
 *       bits at 1593 MHz twice a clock, which is 2039 GB/s; a V100 has 4096 bits at 877 MHz, an
 *       H100 5120 at 2619 MHz.
 *   <li>RTX 4090: 128, 2520 MHz, 384 bits at 21 Gbit/s, of NVIDIA's page of the card.
 *   <li>Binary64 and integers: for capability 7.x the table "Throughput of Native Arithmetic
 *       Instructions" of the CUDA C++ Programming Guide (5.4.1). For the others the published peaks
 *       say the same: 9.7, 33.5 and 1.29 TFLOPS of binary64 are 32, 64 and 2 fused multiplications
 *       a clock of a multiprocessor, and 19.5, 33.5 and 41.3 TOPS of integers are 64.
 *   <li>Conversions: the same table for 7.x; <b>for later ones they are not confirmed</b>, and
 *       assumed to be as in 7.x, or as slow as binary64 where that is slower.
 *   <li>Latency, by walks along chained addresses larger than any cache: {@code
 *       cuda-latency/v100.txt} (437 clocks of 1.38 GHz), {@code cuda-latency/a100_80.txt} (572 of
 *       1.41) and {@code gpu-latency/h100_pcie.txt} (658 of 1.755; <b>of the PCIe card, none of the
 *       SXM one was found</b>) of te42kyfo/gpu-benches; {@code latency/README.md} of
 *       markdewing/AI_kernels for the RTX 4090 (636 clocks, <b>which are taken to be of 2.52
 *       GHz</b>).
 *   <li>Warps, groups, registers and shared memory of a multiprocessor: {@code cuda/__device/
 *       arch_traits.h} of NVIDIA/cccl, for 7.0, 8.0, 9.0 and 8.9.
 * </ul>
 *
 * @param name as it is sold
 * @param column of docs/ptx.md for its compute capability, or the one next to it
 * @param sms how many multiprocessors it has
 * @param gigahertz of the processors, at most
 * @param bandwidth of its memory, in GB/s
 * @param latency of its memory when it is idle, in nanoseconds
 * @param fp64 results of binary64 that a multiprocessor has in a clock
 * @param conversions from and to types of 64 bits, in the same way
 * @param warps that a multiprocessor holds at most
 * @param groups that it holds at most
 * @param shared bytes of shared memory that it has
 * @param reserved of them for each group
 */
record Card(
    String name,
    String column,
    int sms,
    double gigahertz,
    double bandwidth,
    double latency,
    int fp64,
    int conversions,
    int warps,
    int groups,
    int shared,
    int reserved) {
  static final List<Card> ALL =
      List.of(
          new Card("V100", "7.5", 80, 1.53, 900, 317, 32, 16, 64, 32, 96 << 10, 0),
          new Card("A100", "8.0", 108, 1.41, 2039, 406, 32, 16, 64, 32, 164 << 10, 1 << 10),
          new Card("H100", "9.0", 132, 1.98, 3350, 375, 64, 16, 64, 32, 228 << 10, 1 << 10),
          new Card("RTX 4090", "8.6", 128, 2.52, 1008, 252, 2, 2, 48, 24, 100 << 10, 1 << 10));

  /** Results of 32 lanes that a multiprocessor issues in a clock: of four schedulers. */
  private static final int ISSUED = 4 * 32;

  /** Results of integers and bits, of all of them. */
  private static final int INTEGERS = 64;

  /** Results of conversions between shorter types, of all of them. */
  private static final double OTHER_CONVERSIONS = 16;

  /** Each has four parts, with a scheduler, registers and warps of its own. */
  private static final int PARTS = 4;

  private static final int REGISTERS_OF_PART = 1 << 14;

  /** What may bind a kernel. */
  enum Bound {
    DRAM("memory"),
    ISSUE("issue"),
    INTEGER("integers"),
    FP64("FP64"),
    CONVERSION("conversions");

    final String label;

    Bound(String label) {
      this.label = label;
    }
  }

  /** Returns the picoseconds that an element takes if nothing else binds. */
  double time(Bound bound, Work work) {
    double clocks = sms * gigahertz / 1000; // of all multiprocessors, in a picosecond
    return switch (bound) {
      case DRAM -> work.bytes() / bandwidth * 1000;
      case ISSUE -> work.slots() / (ISSUED * clocks);
      case INTEGER -> work.integers() / (INTEGERS * clocks);
      case FP64 -> work.fp64() / (fp64 * clocks);
      case CONVERSION ->
          (work.conversions() / conversions + work.others() / OTHER_CONVERSIONS) / clocks;
    };
  }

  /** Returns what takes longest besides memory. */
  Bound tightest(Work work) {
    Bound tightest = Bound.ISSUE;
    for (Bound bound : Bound.values()) {
      if (bound != Bound.DRAM && time(bound, work) > time(tightest, work)) {
        tightest = bound;
      }
    }
    return tightest;
  }

  /** Returns how many times faster something is than memory: below 1, memory does not bind. */
  double headroom(Bound bound, Work work) {
    return time(Bound.DRAM, work) / time(bound, work);
  }

  /** Returns how many warps a multiprocessor holds. */
  int resident(int registers, int threads, int sharedBytes) {
    int warpsOfGroup = threads / 32;
    int ofWarp = (registers + 7) / 8 * 8 * 32;
    int fit = Math.min(groups, warps / warpsOfGroup);
    fit = Math.min(fit, PARTS * (REGISTERS_OF_PART / ofWarp) / warpsOfGroup);
    fit = sharedBytes == 0 ? fit : Math.min(fit, shared / (sharedBytes + reserved));
    return fit * warpsOfGroup;
  }

  /** Returns the bytes that have to be under way to a multiprocessor at any time (Little's law). */
  double needed() {
    return latency * bandwidth / sms;
  }
}
