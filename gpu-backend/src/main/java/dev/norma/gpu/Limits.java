package dev.norma.gpu;

/**
 * What a device is, and how much it holds.
 *
 * @param name the name of the backend, such as {@code opencl:0}
 * @param description the device and its driver, for people
 * @param memory bytes of memory in all
 * @param largestBuffer bytes of the largest buffer
 * @param alignment bytes to which the address of memory must be aligned that it shares
 * @param sharesMemory whether it reads host memory without a copy
 * @param singleDenormals whether it keeps subnormal binary32 numbers
 * @param cpu whether it is a CPU, of which no work-items read memory together
 */
public record Limits(
    String name,
    String description,
    long memory,
    long largestBuffer,
    long alignment,
    boolean sharesMemory,
    boolean singleDenormals,
    boolean cpu) {}
