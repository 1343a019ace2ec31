package dev.norma.gpu.opencl;

import dev.norma.DeviceException;
import dev.norma.gpu.Listing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jocl.CL;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/** The devices of all platforms: GPUs first, then accelerators, CPUs last. */
final class OpenClDevices {
  /** All that a driver has; some drivers refuse JOCL's constant, which is negative. */
  private static final long ALL = 0xFFFFFFFFL;

  private static final String INSTALL =
      "install the driver of the graphics card, or one for the CPU (on Debian: pocl-opencl-icd)";

  /** A device and what is known of it. */
  record Found(cl_platform_id platform, cl_device_id device, DeviceFacts facts) {}

  /** Stores the devices of a platform, or their number, and returns a status. */
  interface Lister {
    /** Stores what is not null. */
    int list(cl_platform_id platform, cl_device_id[] devices, int[] count);
  }

  private final Lister lister;
  private final Calls calls = new Calls("OpenCL");
  private final Query query = new Query(calls);
  private final List<Found> devices = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /** Asks a platform for its devices by {@code lister}. */
  OpenClDevices(Lister lister) {
    this.lister = lister;
  }

  /** Returns the devices of this machine, as they were when they were first asked for. */
  static Listing<Found> get() {
    return Once.LISTING;
  }

  /** Filled when it is first used. */
  private static final class Once {
    static final Listing<Found> LISTING =
        OpenClLibrary.load()
            .map(Listing::<Found>none)
            .orElseGet(() -> FloatingTrap.kept(() -> new OpenClDevices(OpenClDevices::ask).list()));
  }

  private static int ask(cl_platform_id platform, cl_device_id[] devices, int[] count) {
    int capacity = devices == null ? 0 : devices.length;
    return CL.clGetDeviceIDs(platform, ALL, capacity, devices, count);
  }

  /** Lists the devices of all platforms. */
  Listing<Found> list() {
    attempt(() -> platforms().forEach(platform -> attempt(() -> list(platform))));
    devices.sort(
        Comparator.comparingInt((Found found) -> found.facts.order())
            .thenComparing(found -> found.facts.platform()));
    return new Listing<>(devices, problems);
  }

  /** A platform or device that fails does not hide the others. */
  private void attempt(Runnable what) {
    try {
      what.run();
    } catch (DeviceException e) {
      problems.add(e.getMessage());
    }
  }

  private List<cl_platform_id> platforms() {
    int[] count = new int[1];
    int status = Calls.status(() -> CL.clGetPlatformIDs(0, null, count));
    if (status == CL.CL_PLATFORM_NOT_FOUND_KHR) {
      problems.add("the OpenCL loader knows no driver; " + INSTALL);
      return List.of();
    }
    cl_platform_id[] platforms = new cl_platform_id[count[0]];
    calls.run("listing platforms", () -> CL.clGetPlatformIDs(count[0], platforms, null));
    return List.of(platforms);
  }

  private void list(cl_platform_id platform) {
    String name = query.platformName(platform);
    int count = count(platform, name);
    if (count == 0) {
      problems.add(name + " has no device; " + INSTALL);
      return;
    }
    cl_device_id[] ids = new cl_device_id[count];
    calls.run("listing the devices of " + name, () -> lister.list(platform, ids, null));
    for (cl_device_id id : ids) {
      attempt(() -> devices.add(new Found(platform, id, query.facts(platform, id))));
    }
  }

  private int count(cl_platform_id platform, String name) {
    int[] count = new int[1];
    int status = Calls.status(() -> lister.list(platform, null, count));
    if (status == CL.CL_DEVICE_NOT_FOUND) {
      return 0;
    }
    calls.run("counting the devices of " + name, () -> status);
    return count[0];
  }
}
