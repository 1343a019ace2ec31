/**
 * Backends on devices with memory of their own: the policy of launches, the flow of data and the
 * reading of results, above one small {@link dev.norma.gpu.Device} interface.
 */
package dev.norma.gpu;
