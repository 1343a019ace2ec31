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

  /** Tells whether another copy goes on where this one ends, on both sides. */
  public boolean isFollowedBy(DeviceCopy next) {
    return next.from.equals(from)
        && next.to.equals(to)
        && next.fromByte == fromByte + bytes
        && next.toByte == toByte + bytes;
  }

  /** Returns this copy and the one that goes on where it ends as one. */
  public DeviceCopy with(DeviceCopy next) {
    return new DeviceCopy(from, fromByte, to, toByte, bytes + next.bytes);
  }
}
