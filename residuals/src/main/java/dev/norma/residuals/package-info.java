/** Norms of what a linear map leaves, with the products of a BLAS. */
package dev.norma.residuals;
