package dev.norma;

import dev.norma.spi.Backend;
import dev.norma.spi.DeviceMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.Objects;

/**
 * Numbers in memory: a typed, one-dimensional view of a Java array, a {@link MemorySegment} or the
 * memory of a device.
 *
 * <p>A view owns nothing and copies nothing: the memory stays the caller's, who keeps it alive and
 * unchanged while a call reads it. A segment is read in the native byte order, at any alignment; it
 * may be on the heap, native or mapped, and hold more than 2<sup>31</sup> elements. Instances are
 * immutable and safe to share between threads as far as their memory is: a segment of a confined
 * arena is read by the calling thread alone.
 */
public final class Elements {
  private static final short BF16_NAN = 0x7FC0;

  private final ElementType type;
  private final Object array;
  private final MemorySegment segment;
  private final DeviceMemory device;
  private final Upload upload;
  private final long length;

  private Elements(ElementType type, Object array, MemorySegment segment) {
    this.type = type;
    this.array = array;
    this.segment = segment;
    this.device = null;
    this.upload = null;
    this.length = segment.byteSize() / type.bytes();
  }

  private Elements(ElementType type, DeviceMemory device) {
    this.type = type;
    this.array = null;
    this.segment = null;
    this.device = device;
    this.upload = null;
    this.length = device.byteSize() / type.bytes();
  }

  private Elements(ElementType type, Upload upload) {
    this.type = type;
    this.array = null;
    this.segment = upload.host();
    this.device = upload.device();
    this.upload = upload;
    this.length = upload.byteSize() / type.bytes();
  }

  /** Views an array of binary64 numbers. */
  public static Elements of(double[] array) {
    Objects.requireNonNull(array, "array");
    return new Elements(ElementType.F64, array, MemorySegment.ofArray(array));
  }

  /** Views an array of binary32 numbers. */
  public static Elements of(float[] array) {
    Objects.requireNonNull(array, "array");
    return new Elements(ElementType.F32, array, MemorySegment.ofArray(array));
  }

  /** Views an array of binary16 numbers, given by their bits. */
  public static Elements f16(short[] array) {
    Objects.requireNonNull(array, "array");
    return new Elements(ElementType.F16, array, MemorySegment.ofArray(array));
  }

  /** Views an array of bfloat16 numbers, given by their bits. */
  public static Elements bf16(short[] array) {
    Objects.requireNonNull(array, "array");
    return new Elements(ElementType.BF16, array, MemorySegment.ofArray(array));
  }

  /**
   * Views a segment as numbers of the given type, in the native byte order.
   *
   * @throws IllegalArgumentException if the size of the segment is not a multiple of the type's
   */
  public static Elements of(MemorySegment segment, ElementType type) {
    Objects.requireNonNull(segment, "segment");
    Objects.requireNonNull(type, "type");
    if (segment.byteSize() % type.bytes() != 0) {
      throw new IllegalArgumentException(
          "segment: "
              + segment.byteSize()
              + " bytes are no whole number of "
              + type
              + " elements of "
              + type.bytes()
              + " bytes");
    }
    return new Elements(type, null, segment);
  }

  /** Views the memory of a device as numbers of the given type; what does not fill one is left. */
  public static Elements onDevice(DeviceMemory memory, ElementType type) {
    Objects.requireNonNull(memory, "memory");
    Objects.requireNonNull(type, "type");
    return new Elements(type, memory);
  }

  /** Views what was uploaded, and has it released when this view is no longer reachable. */
  static Elements of(Upload upload, ElementType type) {
    Elements elements = new Elements(type, upload);
    upload.releaseAfter(elements);
    return elements;
  }

  /** Returns the format of each element. */
  public ElementType type() {
    return type;
  }

  /** Returns the number of elements. */
  public long length() {
    return length;
  }

  /**
   * Returns the Java array behind this view ({@code double[]}, {@code float[]} or {@code short[]}),
   * or null where it views something else.
   */
  public Object array() {
    return array;
  }

  /**
   * Returns the memory behind this view: the segment given, or one over the array; null where it
   * views the memory of a device.
   */
  public MemorySegment segment() {
    return segment;
  }

  /** Returns the memory of a device behind this view, or null where it views host memory. */
  public DeviceMemory device() {
    return device;
  }

  /**
   * Returns one element, widened exactly. From a device it is copied, which takes long.
   *
   * @throws IndexOutOfBoundsException if there is no such element
   * @throws IllegalStateException if the memory has been closed
   */
  public double get(long index) {
    long at = Objects.checkIndex(index, length) * type.bytes();
    try {
      return device == null ? get(segment, at) : getFromDevice(at);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Writes one element, rounded to nearest, ties to even: to binary32 first, and further where the
   * type is shorter still.
   *
   * @throws IndexOutOfBoundsException if there is no such element
   * @throws IllegalArgumentException if the memory is read-only
   * @throws IllegalStateException if the memory has been closed
   * @throws UnsupportedOperationException if the memory is that of a device
   */
  public void set(long index, double value) {
    long at = Objects.checkIndex(index, length) * type.bytes();
    if (device != null) {
      throw new UnsupportedOperationException("elements on a device are not written one by one");
    }
    try {
      set(at, value, segment);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  private void set(long at, double value, MemorySegment memory) {
    switch (type) {
      case F64 -> memory.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, at, value);
      case F32 -> memory.set(ValueLayout.JAVA_FLOAT_UNALIGNED, at, (float) value);
      case F16 ->
          memory.set(ValueLayout.JAVA_SHORT_UNALIGNED, at, Float.floatToFloat16((float) value));
      case BF16 -> memory.set(ValueLayout.JAVA_SHORT_UNALIGNED, at, floatToBf16((float) value));
    }
  }

  private double getFromDevice(long at) {
    MemorySegment copy = MemorySegment.ofArray(new long[1]);
    enter();
    try {
      device.read(at, copy.asSlice(0, type.bytes()));
    } finally {
      exit();
    }
    return get(copy, 0);
  }

  /**
   * Keeps what was uploaded from being released until {@link #exit}, which the same thread calls.
   *
   * @throws IllegalArgumentException if that backend cannot compute from this memory
   * @throws IllegalStateException if it was released already
   */
  void enter(Backend reader) {
    if (device != null && !reader.owns(device)) {
      throw new IllegalArgumentException(
          "batch: it was uploaded to "
              + device.owner().name()
              + " by another Norma; this one computes on "
              + reader.name());
    }
    enter();
  }

  private void enter() {
    if (upload != null) {
      upload.enter();
    }
  }

  /** Tells whether {@link #enter(Backend)} does anything. */
  boolean isGuarded() {
    return upload != null || device != null;
  }

  /** Lets go of what {@link #enter(Backend)} kept. */
  void exit() {
    if (upload != null) {
      upload.exit();
    }
  }

  private double get(MemorySegment memory, long at) {
    return switch (type) {
      case F64 -> memory.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, at);
      case F32 -> memory.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at);
      case F16 -> Float.float16ToFloat(memory.get(ValueLayout.JAVA_SHORT_UNALIGNED, at));
      case BF16 -> bf16ToFloat(memory.get(ValueLayout.JAVA_SHORT_UNALIGNED, at));
    };
  }

  /** Returns the binary32 number with the same value as a bfloat16. */
  public static float bf16ToFloat(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** Returns the bfloat16 nearest to a binary32 number, ties to even; of a NaN, 7FC0₁₆. */
  public static short floatToBf16(float x) {
    int bits = Float.floatToRawIntBits(x);
    return Float.isNaN(x) ? BF16_NAN : (short) ((bits + 0x7FFF + (bits >>> 16 & 1)) >>> 16);
  }

  @Override
  public String toString() {
    return length + " x " + type + (device == null ? "" : " on " + device.owner().name());
  }
}
