package dev.norma.gpu.opencl;

import dev.norma.DeviceException;
import java.nio.charset.StandardCharsets;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/** Asks the driver for what it knows of its objects. */
final class Query {
  /** A function of the driver that stores one value, of up to some bytes, and how many it takes. */
  interface Source {
    /** Returns the status. */
    int read(long bytes, Pointer to, long[] needed);
  }

  private final Calls calls;

  /** Asks by some calls. */
  Query(Calls calls) {
    this.calls = calls;
  }

  /** Returns a text. */
  String text(Source source) {
    long[] needed = new long[1];
    calls.run("asking for the length of a text", () -> source.read(0, null, needed));
    byte[] bytes = new byte[Math.toIntExact(needed[0])];
    calls.run("asking for a text", () -> source.read(bytes.length, Pointer.to(bytes), null));
    return new String(bytes, StandardCharsets.UTF_8).replace("\0", "").strip();
  }

  /** Returns a number of up to 64 bits; JOCL knows no machine that is not little-endian. */
  long number(Source source) {
    long[] value = new long[1];
    calls.run("asking for a number", () -> source.read(Sizeof.cl_ulong, Pointer.to(value), null));
    return value[0];
  }

  /** Returns what there is to know of a device. */
  DeviceFacts facts(cl_platform_id platform, cl_device_id device) {
    return new DeviceFacts(
        text(device, CL.CL_DEVICE_NAME),
        platformName(platform),
        text(device, CL.CL_DRIVER_VERSION),
        text(device, CL.CL_DEVICE_OPENCL_C_VERSION),
        number(device, CL.CL_DEVICE_TYPE),
        number(device, CL.CL_DEVICE_SINGLE_FP_CONFIG),
        doubles(device),
        number(device, CL.CL_DEVICE_AVAILABLE) != 0
            && number(device, CL.CL_DEVICE_COMPILER_AVAILABLE) != 0,
        number(device, CL.CL_DEVICE_GLOBAL_MEM_SIZE),
        number(device, CL.CL_DEVICE_MAX_MEM_ALLOC_SIZE),
        number(device, CL.CL_DEVICE_MEM_BASE_ADDR_ALIGN) / Byte.SIZE,
        number(device, CL.CL_DEVICE_MAX_WORK_GROUP_SIZE),
        sharesMemory(device));
  }

  /** Returns 0 also where the driver is too old to know the question. */
  private long doubles(cl_device_id device) {
    try {
      return number(device, CL.CL_DEVICE_DOUBLE_FP_CONFIG);
    } catch (DeviceException e) {
      return 0;
    }
  }

  @SuppressWarnings("deprecation") // What replaced it in OpenCL 2.0 is unknown to a driver of 1.2.
  private boolean sharesMemory(cl_device_id device) {
    return number(device, CL.CL_DEVICE_HOST_UNIFIED_MEMORY) != 0;
  }

  /** Returns the name of a platform. */
  String platformName(cl_platform_id platform) {
    return text(
        (bytes, to, needed) ->
            CL.clGetPlatformInfo(platform, CL.CL_PLATFORM_NAME, bytes, to, needed));
  }

  private String text(cl_device_id device, int what) {
    return text((bytes, to, needed) -> CL.clGetDeviceInfo(device, what, bytes, to, needed));
  }

  private long number(cl_device_id device, int what) {
    return number((bytes, to, needed) -> CL.clGetDeviceInfo(device, what, bytes, to, needed));
  }
}
