/**
 * Norms of many vectors and matrices at once: {@link dev.norma.Norma} computes a {@link
 * dev.norma.Norm} of each vector of a {@link dev.norma.Batch}.
 */
package dev.norma;
