package dev.norma;

/** A device failed; the message names it, what it was asked to do, and the cause. */
public final class DeviceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong, as far as a caller can act on it. */
  public enum Fault {
    /** The device has not so much memory left; less at a time may work. */
    OUT_OF_MEMORY,
    /** The device's compiler refused a kernel; the message has its log. */
    BUILD,
    /** Anything else: a lost device, a launch that failed, an error of the driver. */
    FAILED
  }

  private final Fault fault;

  /** Makes an exception; the message says device and cause. */
  public DeviceException(Fault fault, String message, Throwable cause) {
    super(message, cause);
    this.fault = fault;
  }

  /** Returns what went wrong. */
  public Fault fault() {
    return fault;
  }
}
