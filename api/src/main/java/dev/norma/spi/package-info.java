/**
 * What a backend implements and what it can build on. {@code docs/numerics.md} is the contract that
 * it keeps to the last bit.
 */
package dev.norma.spi;
