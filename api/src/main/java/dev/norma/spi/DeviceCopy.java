package dev.norma.spi;

/**
 * Bytes that are copied from one memory of a device to another.
 *
 * @param from what they are read from
 * @param fromByte where they begin there
 * @param to what they are written to
 * @param toByte where they begin there
 * @param bytes how many there are, at least 1
 */
public record DeviceCopy(
    DeviceMemory from, long fromByte, DeviceMemory to, long toByte, long bytes) {

  /** Returns the copy of the same bytes back to where they came from. */
  public DeviceCopy back() {
    return new DeviceCopy(to, toByte, from, fromByte, bytes);
  }
}
