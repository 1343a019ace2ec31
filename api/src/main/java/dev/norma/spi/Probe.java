package dev.norma.spi;

/**
 * What a provider found out about one backend without using it.
 *
 * @param name the backend's name, such as {@code cpu-simd}
 * @param available whether it can be opened
 * @param detail the device, or why the backend is not available and what to do about it
 * @param rank how eagerly it is chosen when the caller named none; the highest wins, and one below
 *     0 is never chosen by itself. A device of rank 0 is used with the others of its kind where the
 *     kind is named, and not otherwise: another backend has it too
 */
public record Probe(String name, boolean available, String detail, int rank) {}
