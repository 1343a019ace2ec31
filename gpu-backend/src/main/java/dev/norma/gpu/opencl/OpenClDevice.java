package dev.norma.gpu.opencl;

import dev.norma.gpu.Device;
import dev.norma.gpu.Handle;
import dev.norma.gpu.Limits;
import dev.norma.kernels.Program;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.cl_command_queue;

/** A device of OpenCL 1.2 or newer. */
final class OpenClDevice implements Device {
  private final Limits limits;
  private final Function<Program, String> sources;
  private final OpenClContext context;

  /** Maps host memory, and nothing else. */
  private final Handle<cl_command_queue> mapping;

  private final Map<Program, OpenClProgram> programs = new ConcurrentHashMap<>();

  /** Opens a device that was found; {@code sources} knows the text of a program. */
  OpenClDevice(String name, OpenClDevices.Found found, Function<Program, String> sources) {
    this.limits = found.facts().limits(name);
    this.sources = sources;
    this.context = OpenClContext.of(new Calls(name + " (" + found.facts().device() + ")"), found);
    try {
      this.mapping = context.queue();
    } catch (RuntimeException e) {
      context.handle().close();
      throw e;
    }
  }

  @Override
  public Limits limits() {
    return limits;
  }

  @Override
  public Buffer allocate(long bytes) {
    return new OpenClBuffer(context.buffer("allocating", CL.CL_MEM_READ_WRITE, bytes, null), bytes);
  }

  @Override
  public Optional<Buffer> wrap(MemorySegment host) {
    return isReadable(host) ? Optional.of(wrapped(host)) : Optional.empty();
  }

  /** A driver copies what is not aligned, if it takes it at all. */
  private boolean isReadable(MemorySegment host) {
    return limits.sharesMemory()
        && host.isNative()
        && host.address() % limits.alignment() == 0
        && host.byteSize() > 0
        && host.byteSize() <= limits.largestBuffer();
  }

  private Buffer wrapped(MemorySegment host) {
    // The driver is given the address alone: what a Java buffer could hold is no limit.
    Pointer address = Pointer.to(host.asSlice(0, 1).asByteBuffer());
    long flags = CL.CL_MEM_READ_ONLY | CL.CL_MEM_USE_HOST_PTR;
    return new OpenClBuffer(
        context.buffer("reading host memory of", flags, host.byteSize(), address), host.byteSize());
  }

  @Override
  public Staging stage(long bytes) {
    return OpenClStaging.of(context, mapping, bytes);
  }

  @Override
  public Kernel kernel(Program program, String name) {
    return programs
        .computeIfAbsent(program, key -> new OpenClProgram(context, key.toString()))
        .kernel(() -> source(program), name);
  }

  /** Subnormal numbers are widened in another way where the device would take them for zero. */
  private String source(Program program) {
    String flushes = limits.singleDenormals() ? "" : "#define FLUSHES_SUBNORMALS\n";
    return flushes + sources.apply(program);
  }

  @Override
  public Queue open() {
    return new OpenClQueue(context);
  }

  @Override
  public void close() {
    programs.values().forEach(OpenClProgram::close);
    mapping.close();
    context.handle().close();
  }
}
