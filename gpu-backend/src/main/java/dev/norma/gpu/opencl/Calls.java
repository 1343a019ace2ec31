package dev.norma.gpu.opencl;

import dev.norma.DeviceException;
import dev.norma.DeviceException.Fault;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jocl.CL;
import org.jocl.CLException;

/** Calls of the driver for one device: an error becomes an exception that names device and call. */
final class Calls {
  private final String device;

  /** Makes calls for a device of a name. */
  Calls(String device) {
    this.device = device;
  }

  /** Makes a call and returns its status, also where the process has JOCL throw. */
  static int status(IntSupplier call) {
    try {
      return call.getAsInt();
    } catch (CLException e) {
      return e.getStatus();
    }
  }

  /** Makes a call that returns its status. */
  void run(String operation, IntSupplier call) {
    create(operation, status -> status[0] = call.getAsInt());
  }

  /** Makes a call that returns an object and stores its status. */
  <T> T create(String operation, Function<int[], T> call) {
    return create(operation, call, Fault.FAILED);
  }

  /** Makes a call that takes memory: there, a want of whatever resources is one of memory. */
  <T> T allocate(String operation, Function<int[], T> call) {
    return create(operation, call, Fault.OUT_OF_MEMORY);
  }

  private <T> T create(String operation, Function<int[], T> call, Fault wantOfResources) {
    int[] status = new int[1];
    try {
      T created = call.apply(status);
      if (status[0] == CL.CL_SUCCESS) {
        return created;
      }
    } catch (CLException e) {
      status[0] = e.getStatus();
    } catch (UnsupportedOperationException e) {
      throw new DeviceException(Fault.FAILED, message(operation, "the loader has no such call"), e);
    }
    throw failure(operation, status[0], wantOfResources);
  }

  /** Returns the exception for an error. */
  DeviceException failure(String operation, int status) {
    return failure(operation, status, Fault.FAILED);
  }

  private DeviceException failure(String operation, int status, Fault wantOfResources) {
    Fault fault = fault(status, wantOfResources);
    return new DeviceException(fault, message(operation, name(status)), null);
  }

  /** Returns the exception for a program that the compiler refused. */
  DeviceException refusal(String operation, int status, String log) {
    return new DeviceException(
        Fault.BUILD, message(operation, name(status)) + System.lineSeparator() + log, null);
  }

  private String message(String operation, String cause) {
    return device + ": " + operation + " failed: " + cause;
  }

  private static String name(int status) {
    return CL.stringFor_errorCode(status);
  }

  private static Fault fault(int status, Fault wantOfResources) {
    return switch (status) {
      case CL.CL_OUT_OF_RESOURCES -> wantOfResources;
      case CL.CL_MEM_OBJECT_ALLOCATION_FAILURE,
          CL.CL_OUT_OF_HOST_MEMORY,
          CL.CL_INVALID_BUFFER_SIZE ->
          Fault.OUT_OF_MEMORY;
      default -> Fault.FAILED;
    };
  }
}
