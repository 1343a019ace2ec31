/**
 * CUDA devices through the driver's own interface, which JCuda binds: finding them, and {@link
 * dev.norma.gpu.Device} on top of them. A driver of the series 470 (CUDA 11.4) has all calls that
 * are made here; JCuda binds each when it is first made, and one that is not there would end the
 * process. Everything is asked for by return codes, as exceptions of JCuda are a setting of the
 * whole process.
 */
package dev.norma.gpu.cuda;
