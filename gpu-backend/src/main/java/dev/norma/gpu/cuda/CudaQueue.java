package dev.norma.gpu.cuda;

import dev.norma.gpu.Arguments;
import dev.norma.gpu.Device;
import dev.norma.gpu.Handle;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;
import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUevent;
import jcuda.driver.CUstream;
import jcuda.driver.CUstream_flags;
import jcuda.driver.JCudaDriver;

/**
 * Work in order: a stream that waits for no other. What fails on the way breaks the device for
 * good, so that every later call tells of it.
 */
final class CudaQueue implements Device.Queue {
  private final CudaContext context;
  private final Handle<CUstream> handle;

  /** What was started last, for messages. */
  private String last = "finishing";

  /** Opens a queue. */
  CudaQueue(CudaContext context) {
    this.context = context;
    CUstream stream = new CUstream();
    context.run(
        "opening a queue",
        () -> JCudaDriver.cuStreamCreate(stream, CUstream_flags.CU_STREAM_NON_BLOCKING));
    this.handle = context.own("stream", stream, () -> JCudaDriver.cuStreamDestroy(stream));
  }

  @Override
  public void write(Device.Staging from, long bytes, Device.Buffer to, long offset) {
    Pointer host = ((CudaStaging) from).pointer(bytes);
    CUdeviceptr memory = ((CudaBuffer) to).address(offset, bytes);
    copy(
        "copying to the device",
        bytes,
        stream -> JCudaDriver.cuMemcpyHtoDAsync(memory, host, bytes, stream));
  }

  @Override
  public void read(Device.Buffer from, long offset, Device.Staging to, long bytes) {
    Pointer host = ((CudaStaging) to).pointer(bytes);
    CUdeviceptr memory = ((CudaBuffer) from).address(offset, bytes);
    copy(
        "copying from the device",
        bytes,
        stream -> JCudaDriver.cuMemcpyDtoHAsync(host, memory, bytes, stream));
  }

  @Override
  public void copy(
      Device.Buffer from, long fromOffset, Device.Buffer to, long toOffset, long bytes) {
    CUdeviceptr source = ((CudaBuffer) from).address(fromOffset, bytes);
    CUdeviceptr target = ((CudaBuffer) to).address(toOffset, bytes);
    copy(
        "copying within the device",
        bytes,
        stream -> JCudaDriver.cuMemcpyDtoDAsync(target, source, bytes, stream));
  }

  /** Copies nothing where there is nothing. */
  private void copy(String operation, long bytes, ToIntFunction<CUstream> call) {
    CUstream stream = handle.get();
    if (bytes > 0) {
      last = operation;
      context.run(operation, () -> call.applyAsInt(stream));
    }
  }

  @Override
  public void launch(Device.Kernel kernel, long groups, int groupSize, Arguments arguments) {
    CudaKernel function = (CudaKernel) kernel;
    last = "running " + function.name();
    function.start(handle.get(), groups, groupSize, arguments);
  }

  @Override
  public Device.Event mark() {
    return CudaEvent.of(context, handle.get(), last);
  }

  @Override
  public void waitFor(Device.Event event) {
    CUstream stream = handle.get();
    CUevent awaited = ((CudaEvent) event).handle().get();
    context.run(
        "waiting for another queue", () -> JCudaDriver.cuStreamWaitEvent(stream, awaited, 0));
  }

  @Override
  public void finish() {
    context.run(last, synchronisation());
  }

  private IntSupplier synchronisation() {
    CUstream stream = handle.get();
    return () -> JCudaDriver.cuStreamSynchronize(stream);
  }

  /** Waits even after a failure: a copy that is still under way would write to freed memory. */
  @Override
  public void close() {
    if (handle.isOpen()) {
      context.status(synchronisation());
      handle.close();
    }
  }
}
