package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.Batch;
import dev.norma.DeviceException;
import dev.norma.Norm;
import dev.norma.Norma;
import dev.norma.gpu.Device;
import dev.norma.gpu.Handle;
import dev.norma.gpu.Numbers;
import java.util.Arrays;
import java.util.Map;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.JCudaDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two devices, used by one thread. */
@RequiresCuda
class SeveralCudaDevicesTest {
  private static Device open(String name) {
    return CudaTests.open(name, program -> TestPtx.ARITHMETIC);
  }

  private static CUcontext current() {
    CUcontext context = new CUcontext();
    assertEquals(0, JCudaDriver.cuCtxGetCurrent(context));
    return context;
  }

  @Test
  void oneThreadUsesBothInTurns() {
    try (Device one = open("cuda:0");
        Device other = open("cuda:1");
        Device.Queue queue = one.open();
        Device.Queue second = other.open();
        Device.Buffer numbers = Numbers.upload(one, queue, 1, 2);
        Device.Buffer others = Numbers.upload(other, second, 3, 4)) {
      assertArrayEquals(new double[] {1, 2}, Numbers.download(one, queue, numbers));
      assertArrayEquals(new double[] {3, 4}, Numbers.download(other, second, others));
    }
  }

  /** A program that uses CUDA itself, and a device that is not ours. */
  @Test
  void aThreadKeepsTheContextThatItHad() {
    CUdevice card = new CUdevice();
    CUcontext theirs = new CUcontext();
    assertEquals(0, JCudaDriver.cuDeviceGet(card, 1));
    assertEquals(0, JCudaDriver.cuDevicePrimaryCtxRetain(theirs, card));
    assertEquals(0, JCudaDriver.cuCtxSetCurrent(theirs));
    try (Device device = open("cuda:0");
        Device.Queue queue = device.open();
        Device.Buffer buffer = Numbers.upload(device, queue, 1, 2)) {
      assertEquals(2, Numbers.download(device, queue, buffer)[1]);
      assertEquals(theirs, current());
      assertNotEquals(new CUcontext(), theirs);
    } finally {
      assertEquals(theirs, current());
      assertEquals(0, JCudaDriver.cuCtxSetCurrent(new CUcontext()));
      assertEquals(0, JCudaDriver.cuDevicePrimaryCtxRelease(card));
    }
  }

  /** One of the two is lost while both compute, or when it has done its share. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 10, 15, 20, 25, 30, 35, 40})
  void whoNamedBothIsToldOfTheOneThatFails(int n) {
    float[] numbers = new float[4000];
    Arrays.fill(numbers, -2);
    Batch rows = Batch.rows(numbers, 40, 100);
    double[] norms = new double[40];
    Arrays.fill(norms, 200);
    TestDriver.set("lose_device", n);
    boolean told = false;
    try (Norma norma = Norma.open("cuda")) {
      assertArrayEquals(norms, norma.norms(Norm.L1, rows));
    } catch (DeviceException e) {
      told = e.getMessage().matches("cuda:[01] .*CUDA_ERROR_ECC_UNCORRECTABLE.*");
      assertTrue(told, e::toString);
    }
    assertTrue(told || n >= 25, "a device makes more calls before it has done its share");
    assertEquals(Map.of(), Handle.live());
    assertEquals("", TestDriver.report());
    TestDriver.reset();
    try (Norma norma = Norma.open("cuda")) {
      assertArrayEquals(norms, norma.norms(Norm.L1, rows));
    }
  }
}
