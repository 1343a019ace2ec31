package dev.norma.gpu.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.DeviceException;
import dev.norma.DeviceException.Fault;
import dev.norma.gpu.Arguments;
import dev.norma.gpu.Device;
import dev.norma.gpu.Handle;
import dev.norma.kernels.Program;
import java.util.Map;
import org.jocl.CL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What fails names device and cause, and leaves nothing behind. */
@RequiresOpenCl
class OpenClFaultTest {
  private static final Program GOOD = new Program("f64", "good");
  private static final Program BAD = new Program("f32", "bad");

  private Map<String, Long> before;
  private Device device;
  private Device.Queue queue;

  @BeforeEach
  void open() {
    before = Handle.live();
    device = OpenClTests.open("opencl:0", OpenClFaultTest::source);
    queue = device.open();
  }

  @AfterEach
  void close() {
    queue.close();
    device.close();
    assertEquals(before, Handle.live(), "objects of the driver");
  }

  private static String source(Program program) {
    return program.equals(GOOD)
        ? "kernel void zero(global double *x) { x[get_global_id(0)] = 0; }"
        : "kernel void zero(global double *x) { x[0] = no_such_thing; }";
  }

  private static DeviceException failure(Fault fault, Executable what, String... words) {
    DeviceException e = assertThrows(DeviceException.class, what);
    assertEquals(fault, e.fault(), e::getMessage);
    assertTrue(e.getMessage().startsWith("opencl:0 ("), e::getMessage);
    for (String word : words) {
      assertTrue(e.getMessage().contains(word), () -> word + " is not in: " + e.getMessage());
    }
    return e;
  }

  @Test
  void aFailedBuildShowsTheLogOfTheCompiler() {
    failure(
        Fault.BUILD,
        () -> device.kernel(BAD, "zero"),
        "building bad of f32 failed: CL_BUILD_PROGRAM_FAILURE",
        "no_such_thing");
    device.kernel(GOOD, "zero");
  }

  @Test
  void aKernelThatIsNotThereIsNamed() {
    failure(
        Fault.FAILED,
        () -> device.kernel(GOOD, "one"),
        "making the kernel one of good of f64",
        "CL_INVALID_KERNEL_NAME");
  }

  @Test
  void tooMuchMemoryIsAWantOfMemory() {
    failure(
        Fault.OUT_OF_MEMORY,
        () -> device.allocate(1L << 60),
        "allocating 1152921504606846976 bytes failed: CL_");
    failure(Fault.OUT_OF_MEMORY, () -> device.stage(1L << 31), "2 GiB");
    device.allocate(1 << 20).close();
  }

  @Test
  void aLaunchThatMakesNoSenseFails() {
    Device.Kernel zero = device.kernel(GOOD, "zero");
    failure(
        Fault.FAILED,
        () -> queue.launch(zero, 1, 1, new Arguments().add(1)),
        "argument 0 to zero of good of f64",
        "CL_INVALID_ARG_SIZE");
    try (Device.Buffer buffer = device.allocate(8)) {
      failure(
          Fault.FAILED,
          () -> queue.launch(zero, 1, 1 << 30, new Arguments().add(buffer)),
          "starting zero of good of f64",
          "CL_INVALID_WORK_GROUP_SIZE");
      queue.launch(zero, 1, 1, new Arguments().add(buffer));
      queue.finish();
    }
  }

  /** The driver cannot tell how something ended that it knows nothing of. */
  @Test
  void whatFailsOnTheWayIsThrownInTheEnd() {
    OpenClQueue broken = (OpenClQueue) queue;
    broken.enqueue("being broken", event -> CL.CL_SUCCESS);
    try (Device.Buffer buffer = device.allocate(8)) {
      queue.launch(device.kernel(GOOD, "zero"), 1, 1, new Arguments().add(buffer));
      failure(Fault.FAILED, queue::finish, "being broken failed: CL_INVALID_EVENT");
      queue.finish();
    }
  }

  @Test
  void whatIsClosedIsNotUsed() {
    Device.Kernel zero = device.kernel(GOOD, "zero");
    Device.Buffer buffer = device.allocate(8);
    Device.Staging staging = device.stage(8);
    buffer.close();
    buffer.close();
    assertThrows(
        IllegalStateException.class, () -> queue.launch(zero, 1, 1, new Arguments().add(buffer)));
    assertThrows(IllegalStateException.class, () -> queue.write(staging, 8, buffer, 0));
    staging.close();
    staging.close();
    assertThrows(IllegalStateException.class, staging::memory);
    queue.close();
    assertThrows(IllegalStateException.class, queue::finish);
    device.close();
    assertThrows(IllegalStateException.class, () -> device.allocate(8));
    assertThrows(IllegalStateException.class, () -> device.kernel(BAD, "zero"));
    assertThrows(IllegalStateException.class, device::open);
  }
}
