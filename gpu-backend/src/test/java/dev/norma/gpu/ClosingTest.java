package dev.norma.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.Batch;
import dev.norma.DeviceBatch;
import dev.norma.Norm;
import dev.norma.Norma;
import dev.norma.gpu.opencl.RequiresOpenCl;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is closed while a device works on it is closed when that is done. */
@RequiresOpenCl
class ClosingTest {
  private static final Batch ROWS = Batch.rows(new double[60_000], 6, 10_000);
  private static final double[] ZEROS = new double[6];

  private final CountDownLatch working = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  @AfterEach
  void letGo() {
    released.countDown();
    SmallDeviceProvider.before = () -> {};
  }

  /** Stops the device at its next operation. */
  private void stop() {
    SmallDeviceProvider.before =
        () -> {
          working.countDown();
          try {
            assertTrue(released.await(20, TimeUnit.SECONDS));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
  }

  private void closesAfterTheCall(Norma norma, Batch batch, Runnable close) throws Exception {
    stop();
    CompletableFuture<double[]> call =
        CompletableFuture.supplyAsync(() -> norma.norms(Norm.L2, batch));
    assertTrue(working.await(20, TimeUnit.SECONDS));
    CompletableFuture<Void> closing = CompletableFuture.runAsync(close);
    assertThrows(TimeoutException.class, () -> closing.get(200, TimeUnit.MILLISECONDS));
    assertFalse(call.isDone());
    released.countDown();
    assertArrayEquals(ZEROS, call.get(20, TimeUnit.SECONDS));
    closing.get(20, TimeUnit.SECONDS);
    assertThrows(IllegalStateException.class, () -> norma.norms(Norm.L2, batch));
  }

  @Test
  void theBackendIsClosedAfterTheCall() throws Exception {
    try (Norma norma = Norma.open(SmallDeviceProvider.NAME)) {
      closesAfterTheCall(norma, ROWS, norma::close);
    }
  }

  @Test
  void memoryIsClosedAfterTheCall() throws Exception {
    try (Norma norma = Norma.open(SmallDeviceProvider.NAME);
        DeviceBatch onDevice = norma.upload(ROWS)) {
      closesAfterTheCall(norma, onDevice, onDevice::close);
    }
  }

  @Test
  void memoryIsClosedWithTheBackendAfterTheCall() throws Exception {
    try (Norma norma = Norma.open(SmallDeviceProvider.NAME);
        DeviceBatch onDevice = norma.upload(ROWS)) {
      closesAfterTheCall(norma, onDevice, norma::close);
    }
  }
}
