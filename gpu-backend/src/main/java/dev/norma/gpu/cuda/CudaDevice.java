package dev.norma.gpu.cuda;

import dev.norma.gpu.Device;
import dev.norma.gpu.Limits;
import dev.norma.kernels.Program;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** A device of compute capability 5.0 or newer. */
final class CudaDevice implements Device {
  private final Limits limits;
  private final Function<Program, String> ptx;
  private final CudaContext context;
  private final Map<Program, CudaProgram> programs = new ConcurrentHashMap<>();

  /** Opens a device that was found; {@code ptx} knows the text of a program. */
  CudaDevice(String name, CudaDevices.Found found, Function<Program, String> ptx) {
    this.limits = found.facts().limits(name);
    this.ptx = ptx;
    this.context =
        new CudaContext(new Calls(name + " (" + found.facts().device() + ")"), found.device());
  }

  @Override
  public Limits limits() {
    return limits;
  }

  @Override
  public Buffer allocate(long bytes) {
    return CudaBuffer.allocate(context, bytes);
  }

  /** JCuda knows no machine whose cards have the memory of the host. */
  @Override
  public Optional<Buffer> wrap(MemorySegment host) {
    return Optional.empty();
  }

  @Override
  public Staging stage(long bytes) {
    return CudaStaging.of(context, bytes);
  }

  @Override
  public Kernel kernel(Program program, String name) {
    return programs
        .computeIfAbsent(program, key -> new CudaProgram(context, key.toString()))
        .kernel(() -> ptx.apply(program), name);
  }

  @Override
  public Queue open() {
    return new CudaQueue(context);
  }

  @Override
  public void close() {
    programs.values().forEach(CudaProgram::close);
    context.close();
  }
}
