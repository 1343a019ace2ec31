package dev.norma.gpu.cuda;

import dev.norma.gpu.Limits;
import java.util.Locale;
import java.util.Optional;

/**
 * What the driver says of a device.
 *
 * @param device its name
 * @param driver the newest version of CUDA that the driver knows, 12040 for 12.4
 * @param major what it can compute: the number before the point
 * @param minor the number behind it
 * @param memory bytes of memory
 * @param prohibited whether nobody may compute on it
 */
record DeviceFacts(
    String device, int driver, int major, int minor, long memory, boolean prohibited) {
  /** The kernels are compiled for devices from compute capability 5.0 on. */
  private static final int OLDEST = 5;

  /** Kernels read 16 bytes at once; memory that the driver allocates is aligned to this. */
  private static final long ALIGNMENT = 256;

  private static final double GIB = 1 << 30;

  /** Returns why it cannot compute norms, if it cannot. */
  Optional<String> refusal() {
    if (major < OLDEST) {
      return Optional.of("the device is too old; compute capability 5.0 is needed");
    }
    return prohibited
        ? Optional.of("computing on it is prohibited; allow it by nvidia-smi --compute-mode=0")
        : Optional.empty();
  }

  /** Describes the device for people. */
  String description() {
    return String.format(
        Locale.ROOT,
        "%s, compute capability %d.%d, driver of CUDA %s, %.1f GiB",
        device,
        major,
        minor,
        CudaLibrary.version(driver),
        memory / GIB);
  }

  /** Returns the limits of the device under a name; no buffer is too large but for the memory. */
  Limits limits(String name) {
    return new Limits(name, description(), memory, memory, ALIGNMENT, false, true, false);
  }
}
