/**
 * Files as arrays: {@link dev.norma.formats.NpyFile} opens NumPy's {@code .npy} files, mapped into
 * memory where their elements allow it, and {@link dev.norma.formats.NpyWriter} writes them, whole
 * or not at all.
 */
package dev.norma.formats;
