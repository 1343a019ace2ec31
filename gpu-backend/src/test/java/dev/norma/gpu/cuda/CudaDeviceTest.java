package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.DeviceException;
import dev.norma.gpu.Arguments;
import dev.norma.gpu.Device;
import dev.norma.gpu.DeviceBasics;
import dev.norma.gpu.Numbers;
import jcuda.driver.CUcontext;
import jcuda.driver.JCudaDriver;
import org.junit.jupiter.api.Test;

/** A device of CUDA. */
@RequiresCuda
class CudaDeviceTest extends DeviceBasics {
  CudaDeviceTest() {
    super("cuda:0");
  }

  @Override
  protected Device open(String name) {
    return CudaTests.open(name, program -> TestPtx.ARITHMETIC);
  }

  /** All that can be done with a device. */
  private void useEverything() {
    try (Device.Buffer buffer = Numbers.upload(device, queue, 1, 2);
        Device.Event event = queue.mark()) {
      queue.waitFor(event);
      event.await();
      Device.Kernel scale = device.kernel(PROGRAM, "scale");
      queue.launch(scale, 1, 2, new Arguments().add(buffer).add(2.0));
      assertEquals(4, Numbers.download(device, queue, buffer)[1]);
    }
  }

  @Test
  void aThreadWithoutAContextHasNoneAfterwards() {
    useEverything();
    CUcontext current = new CUcontext();
    assertEquals(0, JCudaDriver.cuCtxGetCurrent(current));
    assertEquals(new CUcontext(), current);
  }

  /** Whether JCuda throws is a setting of the whole process. */
  @Test
  void exceptionsOfJCudaMakeNoDifference() {
    String message = messageOfNoKernel();
    assertTrue(message.contains(" failed: CUDA_ERROR_NOT_FOUND ("), message);
    JCudaDriver.setExceptionsEnabled(true);
    try {
      useEverything();
      assertEquals(message, messageOfNoKernel());
    } finally {
      JCudaDriver.setExceptionsEnabled(false);
    }
  }

  private String messageOfNoKernel() {
    return assertThrows(DeviceException.class, () -> device.kernel(PROGRAM, "none")).getMessage();
  }
}
