package dev.norma.conformance.check;

/**
 * A result that differs.
 *
 * @param what the result: which norm or primitive of which vector
 * @param input the elements as bits, or where they come from if they are many
 * @param expected the bits of the peer
 * @param actual the bits of the tested backend
 */
public record Difference(String what, String input, String expected, String actual) {}
