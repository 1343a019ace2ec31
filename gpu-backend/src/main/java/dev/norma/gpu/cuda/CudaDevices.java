package dev.norma.gpu.cuda;

import dev.norma.DeviceException;
import dev.norma.gpu.Listing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jcuda.driver.CUcomputemode;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdevice_attribute;
import jcuda.driver.JCudaDriver;

/** The devices of the driver, in its order. */
final class CudaDevices {
  /** Longer than the name of any device. */
  private static final int LONGEST_NAME = 256;

  /** A device and what is known of it. */
  record Found(CUdevice device, DeviceFacts facts) {}

  private final Calls calls = new Calls("CUDA");
  private final List<Found> devices = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private CudaDevices() {}

  /** Returns the devices of this machine, as they were when they were first asked for. */
  static Listing<Found> get() {
    return Once.LISTING;
  }

  /** Filled when it is first used. */
  private static final class Once {
    static final Listing<Found> LISTING = look();
  }

  /** Looks for the devices again. */
  static Listing<Found> look() {
    return CudaLibrary.load().map(Listing::<Found>none).orElseGet(() -> new CudaDevices().list());
  }

  private Listing<Found> list() {
    try {
      int driver = number("asking for the version", JCudaDriver::cuDriverGetVersion);
      int count = number("counting devices", JCudaDriver::cuDeviceGetCount);
      for (int i = 0; i < count; i++) {
        add(i, driver);
      }
    } catch (DeviceException e) {
      problems.add(e.getMessage());
    }
    return new Listing<>(devices, problems);
  }

  /** A device that fails does not hide the others. */
  private void add(int index, int driver) {
    try {
      CUdevice device = new CUdevice();
      calls.run("opening device " + index, () -> JCudaDriver.cuDeviceGet(device, index));
      devices.add(new Found(device, facts(device, driver)));
    } catch (DeviceException e) {
      problems.add(e.getMessage());
    }
  }

  private DeviceFacts facts(CUdevice device, int driver) {
    return new DeviceFacts(
        name(device),
        driver,
        attribute(device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR),
        attribute(device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR),
        memory(device),
        attribute(device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_MODE)
            == CUcomputemode.CU_COMPUTEMODE_PROHIBITED);
  }

  private String name(CUdevice device) {
    byte[] name = new byte[LONGEST_NAME];
    calls.run("asking for a name", () -> JCudaDriver.cuDeviceGetName(name, LONGEST_NAME, device));
    return new String(name, StandardCharsets.UTF_8).replace("\0", "").strip();
  }

  private long memory(CUdevice device) {
    long[] bytes = new long[1];
    calls.run("asking for the memory", () -> JCudaDriver.cuDeviceTotalMem(bytes, device));
    return bytes[0];
  }

  private int attribute(CUdevice device, int attribute) {
    return number(
        "asking for attribute " + attribute,
        number -> JCudaDriver.cuDeviceGetAttribute(number, attribute, device));
  }

  /** A function of the driver that stores a number and returns a status. */
  private interface Source {
    int read(int[] number);
  }

  private int number(String operation, Source source) {
    int[] number = new int[1];
    calls.run(operation, () -> source.read(number));
    return number[0];
  }
}
