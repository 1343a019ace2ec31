package dev.norma.gpu.opencl;

import dev.norma.gpu.LaunchPolicy;
import dev.norma.gpu.Limits;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jocl.CL;

/**
 * What a driver says of a device.
 *
 * @param device its name
 * @param platform the name of the platform that it belongs to
 * @param driver the version of the driver
 * @param language the version of OpenCL C, such as {@code OpenCL C 1.2}
 * @param type the bits {@code CL_DEVICE_TYPE}
 * @param single the bits {@code CL_DEVICE_SINGLE_FP_CONFIG}
 * @param doubles the bits {@code CL_DEVICE_DOUBLE_FP_CONFIG}, 0 without fp64
 * @param usable whether the device is available and has a compiler
 * @param memory bytes of memory
 * @param largestBuffer bytes of the largest buffer
 * @param alignment bytes to which an address is aligned at least
 * @param largestGroup work-items of the largest group
 * @param sharesMemory whether device and host have the same memory
 */
record DeviceFacts(
    String device,
    String platform,
    String driver,
    String language,
    long type,
    long single,
    long doubles,
    boolean usable,
    long memory,
    long largestBuffer,
    long alignment,
    long largestGroup,
    boolean sharesMemory) {
  private static final long DOUBLES_NEEDED =
      CL.CL_FP_DENORM | CL.CL_FP_INF_NAN | CL.CL_FP_ROUND_TO_NEAREST | CL.CL_FP_FMA;
  private static final double GIB = 1 << 30;
  private static final Pattern VERSION = Pattern.compile("OpenCL C (\\d+)\\.(\\d+)");

  /** Returns whether it is, or may be, the CPU that the other backends use as well. */
  boolean isCpu() {
    return (type & CL.CL_DEVICE_TYPE_CPU) != 0;
  }

  /** Returns its place among the devices: GPUs are first, CPUs last. */
  int order() {
    if (isCpu()) {
      return 2;
    }
    return (type & CL.CL_DEVICE_TYPE_GPU) != 0 ? 0 : 1;
  }

  /** Returns why it cannot compute norms, if it cannot. */
  Optional<String> refusal() {
    if (!usable) {
      return Optional.of("the device is not available, or has no compiler");
    }
    if (!isRecent()) {
      return Optional.of("the device knows " + language + "; 1.2 is needed");
    }
    if (largestGroup < LaunchPolicy.COLUMN_GROUP) {
      return Optional.of(
          "the device has groups of %d work-items; %d are needed"
              .formatted(largestGroup, LaunchPolicy.COLUMN_GROUP));
    }
    if (doubles == 0) {
      return Optional.of("the device does not compute with 64-bit floating point (fp64)");
    }
    return (doubles & DOUBLES_NEEDED) == DOUBLES_NEEDED
        ? Optional.empty()
        : Optional.of("the device's 64-bit floating point is not that of IEEE 754");
  }

  private boolean isRecent() {
    Matcher matcher = VERSION.matcher(language);
    return matcher.find()
        && Integer.parseInt(matcher.group(1)) * 100 + Integer.parseInt(matcher.group(2)) >= 102;
  }

  /** Describes the device for people. */
  String description() {
    return String.format(
        Locale.ROOT,
        "%s on %s, driver %s, %.1f GiB, buffers of up to %.1f GiB",
        device,
        platform,
        driver,
        memory / GIB,
        largestBuffer / GIB);
  }

  /** Returns the limits of the device under a name. */
  Limits limits(String name) {
    return new Limits(
        name,
        description(),
        memory,
        largestBuffer,
        alignment,
        sharesMemory,
        (single & CL.CL_FP_DENORM) != 0,
        isCpu());
  }
}
