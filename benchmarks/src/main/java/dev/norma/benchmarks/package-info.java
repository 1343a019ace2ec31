/**
 * How fast norms are computed, as a share of how fast the same memory can be read at all, and on a
 * device, as a share of the speed of the CPU: {@link dev.norma.benchmarks.ThroughputReport} runs
 * the cases and prints a table.
 */
package dev.norma.benchmarks;
