package dev.norma.gpu.cuda;

import dev.norma.DeviceException;
import dev.norma.DeviceException.Fault;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import jcuda.CudaException;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;

/** Calls of the driver for one device: an error becomes an exception that names device and call. */
final class Calls {
  /** Larger than the number of any error. */
  private static final int STATUSES = 1000;

  private final String device;

  /** Makes calls for a device of a name. */
  Calls(String device) {
    this.device = device;
  }

  /** Makes a call and returns its status, also where the process has JCuda throw. */
  static int status(IntSupplier call) {
    try {
      return call.getAsInt();
    } catch (CudaException e) {
      return status(e.getMessage());
    }
  }

  /** The exception tells nothing but the name of the error. */
  private static int status(String name) {
    return IntStream.range(0, STATUSES)
        .filter(status -> CUresult.stringFor(status).equals(name))
        .findFirst()
        .orElse(CUresult.CUDA_ERROR_UNKNOWN);
  }

  /** Makes a call. */
  void run(String operation, IntSupplier call) {
    int status = status(call);
    if (status != CUresult.CUDA_SUCCESS) {
      throw failure(operation, status);
    }
  }

  /** Returns the exception for an error. */
  DeviceException failure(String operation, int status) {
    Fault fault = status == CUresult.CUDA_ERROR_OUT_OF_MEMORY ? Fault.OUT_OF_MEMORY : Fault.FAILED;
    return new DeviceException(fault, message(operation, status), null);
  }

  /** Returns the exception for a program that the compiler refused. */
  DeviceException refusal(String operation, int status, String log) {
    return new DeviceException(
        Fault.BUILD, message(operation, status) + System.lineSeparator() + log, null);
  }

  private String message(String operation, int status) {
    return device + ": " + operation + " failed: " + describe(status);
  }

  /** Returns the name and the text of an error, and its number where it has none. */
  private static String describe(int status) {
    String[] name = new String[1];
    String[] text = new String[1];
    int unnamed = status(() -> JCudaDriver.cuGetErrorName(status, name));
    int untold = status(() -> JCudaDriver.cuGetErrorString(status, text));
    return (unnamed == 0 ? name[0] : "error " + status) + (untold == 0 ? " (" + text[0] + ")" : "");
  }
}
