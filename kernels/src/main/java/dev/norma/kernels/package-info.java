/** The sources of all device kernels, one dialect for OpenCL and CUDA. */
package dev.norma.kernels;
