package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.DeviceException;
import dev.norma.DeviceException.Fault;
import dev.norma.gpu.Arguments;
import dev.norma.gpu.Device;
import dev.norma.gpu.Handle;
import dev.norma.gpu.Numbers;
import dev.norma.kernels.Program;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What fails names device and cause, and leaves nothing behind. */
@RequiresCuda
class CudaFaultTest {
  private static final Program GOOD = TestPtx.PROGRAM;
  private static final Program BAD = new Program("f32", "bad");

  private Map<String, Long> before;
  private Device device;
  private Device.Queue queue;

  @BeforeEach
  void open() {
    before = Handle.live();
    device = CudaTests.open("cuda:0", CudaFaultTest::ptx);
    queue = device.open();
  }

  @AfterEach
  void close() {
    queue.close();
    device.close();
    assertEquals(before, Handle.live(), "objects of the driver");
  }

  private static String ptx(Program program) {
    return program.equals(GOOD)
        ? TestPtx.ARITHMETIC
        : TestPtx.ARITHMETIC.replace("mul.rn.f64", "no_such_thing.f64");
  }

  private static void failure(Fault fault, Executable what, String... words) {
    DeviceException e = assertThrows(DeviceException.class, what);
    assertEquals(fault, e.fault(), e::getMessage);
    assertTrue(e.getMessage().startsWith("cuda:0 ("), e::getMessage);
    for (String word : words) {
      assertTrue(e.getMessage().contains(word), () -> word + " is not in: " + e.getMessage());
    }
  }

  private static Arguments scaling(Device.Buffer buffer) {
    return new Arguments().add(buffer).add(2.0);
  }

  @Test
  void aFailedBuildShowsTheLogOfTheCompiler() {
    failure(
        Fault.BUILD,
        () -> device.kernel(BAD, "scale"),
        "building bad of f32 failed: CUDA_ERROR_INVALID_PTX (",
        "no_such_thing");
    device.kernel(GOOD, "scale");
  }

  @Test
  void aKernelThatIsNotThereIsNamed() {
    failure(
        Fault.FAILED,
        () -> device.kernel(GOOD, "one"),
        "finding the kernel one of arithmetic of f64 failed: CUDA_ERROR_NOT_FOUND (");
  }

  @Test
  void tooMuchMemoryIsAWantOfMemory() {
    failure(
        Fault.OUT_OF_MEMORY,
        () -> device.allocate(1L << 60),
        "allocating 1152921504606846976 bytes failed: CUDA_ERROR_OUT_OF_MEMORY (");
    failure(Fault.OUT_OF_MEMORY, () -> device.stage(1L << 31), "2 GiB");
    device.allocate(1 << 20).close();
  }

  @Test
  void aLaunchThatMakesNoSenseFails() {
    Device.Kernel scale = device.kernel(GOOD, "scale");
    try (Device.Buffer buffer = Numbers.upload(device, queue, 1)) {
      failure(
          Fault.FAILED,
          () -> queue.launch(scale, 1, 1 << 30, scaling(buffer)),
          "starting scale of arithmetic of f64 failed: CUDA_ERROR_INVALID_VALUE (");
      failure(
          Fault.FAILED,
          () -> queue.launch(scale, 1L << 31, 1, scaling(buffer)),
          "starting scale of arithmetic of f64 in 2147483648 groups failed: CUDA_ERROR_INVALID_");
      queue.launch(scale, 1, 1, scaling(buffer));
      queue.finish();
    }
    String report = TestDriver.report();
    assertTrue(report.contains("launch of scale in a shape that no device has"), report);
  }

  @Test
  void whatIsClosedIsNotUsed() {
    Device.Kernel scale = device.kernel(GOOD, "scale");
    Device.Buffer buffer = device.allocate(8);
    Device.Staging staging = device.stage(8);
    Device.Event event = queue.mark();
    buffer.close();
    buffer.close();
    assertThrows(IllegalStateException.class, () -> queue.launch(scale, 1, 1, scaling(buffer)));
    assertThrows(IllegalStateException.class, () -> queue.write(staging, 8, buffer, 0));
    staging.close();
    staging.close();
    assertThrows(IllegalStateException.class, staging::memory);
    event.close();
    event.close();
    assertThrows(IllegalStateException.class, event::await);
    queue.close();
    assertThrows(IllegalStateException.class, queue::finish);
    device.close();
    assertThrows(IllegalStateException.class, () -> device.allocate(8));
    assertThrows(IllegalStateException.class, () -> device.kernel(BAD, "scale"));
    assertThrows(IllegalStateException.class, device::open);
  }

  /** What should have been closed before goes with the device, and is not released again. */
  @Test
  void whatIsLeftWhenTheDeviceIsClosedIsSeen() {
    Device.Buffer buffer = device.allocate(8);
    Device.Staging staging = device.stage(16);
    queue.close();
    device.close();
    List<String> report = TestDriver.report().lines().toList();
    assertEquals(2, report.size(), report::toString);
    assertTrue(report.stream().allMatch(line -> line.startsWith("leak: ")), report::toString);
    buffer.close();
    staging.close();
  }
}
