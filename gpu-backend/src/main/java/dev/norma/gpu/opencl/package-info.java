/**
 * OpenCL devices through JOCL: finding them, and {@link dev.norma.gpu.Device} on top of them.
 * Everything is asked for by return codes, as exceptions of JOCL are a setting of the whole
 * process.
 */
package dev.norma.gpu.opencl;
