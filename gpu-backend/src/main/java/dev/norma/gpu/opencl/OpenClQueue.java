package dev.norma.gpu.opencl;

import dev.norma.DeviceException;
import dev.norma.gpu.Arguments;
import dev.norma.gpu.Device;
import dev.norma.gpu.Handle;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.function.ToIntFunction;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_command_queue;
import org.jocl.cl_event;
import org.jocl.cl_mem;

/** Work in order. Each piece is kept until it is known how it ended. */
final class OpenClQueue implements Device.Queue {
  /** From this many pieces on, those that ended are let go. */
  private static final int MANY = 256;

  /** Something that was started. */
  private record Pending(String operation, Handle<cl_event> event) {}

  private final Calls calls;
  private final Handle<cl_command_queue> handle;
  private final Queue<Pending> pending = new ArrayDeque<>();
  private DeviceException failure;

  /** The queue that this one waits for, if it does. */
  private OpenClQueue source;

  /** Opens a queue. */
  OpenClQueue(OpenClContext context) {
    this.calls = context.calls();
    this.handle = context.queue();
  }

  @Override
  public void write(Device.Staging from, long bytes, Device.Buffer to, long offset) {
    Pointer host = ((OpenClStaging) from).pointer(bytes);
    cl_mem memory = memory(to, offset, bytes);
    copy(
        "copying to the device",
        bytes,
        event -> Copies.write(handle.get(), host, memory, offset, bytes, event));
  }

  @Override
  public void read(Device.Buffer from, long offset, Device.Staging to, long bytes) {
    Pointer host = ((OpenClStaging) to).pointer(bytes);
    cl_mem memory = memory(from, offset, bytes);
    copy(
        "copying from the device",
        bytes,
        event -> Copies.read(handle.get(), memory, offset, host, bytes, event));
  }

  @Override
  public void copy(
      Device.Buffer from, long fromOffset, Device.Buffer to, long toOffset, long bytes) {
    cl_mem source = memory(from, fromOffset, bytes);
    cl_mem target = memory(to, toOffset, bytes);
    copy(
        "copying within the device",
        bytes,
        event ->
            CL.clEnqueueCopyBuffer(
                handle.get(), source, target, fromOffset, toOffset, bytes, 0, null, event));
  }

  private static cl_mem memory(Device.Buffer buffer, long offset, long bytes) {
    Objects.checkFromIndexSize(offset, bytes, buffer.byteSize());
    return ((OpenClBuffer) buffer).handle().get();
  }

  /** Copies nothing where there is nothing: the driver would take it for an error. */
  private void copy(String operation, long bytes, ToIntFunction<cl_event> call) {
    if (bytes > 0) {
      enqueue(operation, call);
    }
  }

  @Override
  public void launch(Device.Kernel kernel, long groups, int groupSize, Arguments arguments) {
    OpenClKernel function = (OpenClKernel) kernel;
    cl_event event = function.start(handle.get(), groups, groupSize, arguments);
    started("running " + function.name(), event);
  }

  @Override
  public Device.Event mark() {
    cl_event event = new cl_event();
    calls.run(
        "marking what is done", () -> CL.clEnqueueMarkerWithWaitList(handle.get(), 0, null, event));
    OpenClEvent marker = new OpenClEvent(this, Handles.of(event));
    try {
      flush();
      return marker;
    } catch (RuntimeException e) {
      marker.close();
      throw e;
    }
  }

  /** Waits for a marker; what came before it and failed is thrown, and by {@link #finish} again. */
  void await(cl_event marker) {
    int status = Calls.status(() -> CL.clWaitForEvents(1, new cl_event[] {marker}));
    if (source != null) {
      source.throwFailure(); // says more than that waiting for it failed, if that did
    }
    throwFailure();
    if (status != CL.CL_SUCCESS) {
      throw calls.failure("waiting", status);
    }
  }

  private void throwFailure() {
    letGo(0);
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void waitFor(Device.Event event) {
    source = ((OpenClEvent) event).queue();
    cl_event[] events = {((OpenClEvent) event).get()};
    enqueue(
        "waiting for another queue",
        barrier -> CL.clEnqueueBarrierWithWaitList(handle.get(), 1, events, barrier));
  }

  /** Makes a call that starts something, of whose end it makes an event. */
  void enqueue(String operation, ToIntFunction<cl_event> call) {
    cl_event event = new cl_event();
    calls.run(operation, () -> call.applyAsInt(event));
    started(operation, event);
  }

  private void started(String operation, cl_event event) {
    pending.add(new Pending(operation, Handles.of(event)));
    flush();
    letGo(MANY);
  }

  /** Settles what has ended, in its order, but for so many pieces. */
  private void letGo(int kept) {
    while (pending.size() > kept && hasEnded(pending.element())) {
      settle(pending.remove());
    }
  }

  /** Work that is not flushed need not begin before somebody waits for it. */
  private void flush() {
    calls.run("starting work", () -> CL.clFlush(handle.get()));
  }

  private boolean hasEnded(Pending piece) {
    return status(piece) <= CL.CL_COMPLETE;
  }

  /** Lets go of what has ended; the first failure is kept for {@link #finish}. */
  private void settle(Pending piece) {
    int status = status(piece);
    piece.event.close();
    if (status < CL.CL_COMPLETE && failure == null) {
      failure = calls.failure(piece.operation, status);
    }
  }

  /** Returns the state of the work, or an error, which is negative. */
  private static int status(Pending piece) {
    int[] state = new int[1];
    int status =
        Calls.status(
            () ->
                CL.clGetEventInfo(
                    piece.event.get(),
                    CL.CL_EVENT_COMMAND_EXECUTION_STATUS,
                    Sizeof.cl_int,
                    Pointer.to(state),
                    null));
    return status == CL.CL_SUCCESS ? state[0] : status;
  }

  @Override
  public void finish() {
    int status = settleAll();
    DeviceException failed = failure;
    failure = null;
    if (failed != null) {
      throw failed;
    }
    if (status != CL.CL_SUCCESS) {
      throw calls.failure("finishing", status);
    }
  }

  private int settleAll() {
    int status = Calls.status(() -> CL.clFinish(handle.get()));
    pending.forEach(this::settle);
    pending.clear();
    return status;
  }

  /** Waits even after a failure: a copy that is still under way would write to freed memory. */
  @Override
  public void close() {
    if (handle.isOpen()) {
      settleAll();
      handle.close();
    }
  }
}
