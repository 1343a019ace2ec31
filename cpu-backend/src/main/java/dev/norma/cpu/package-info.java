/** Backends on the CPU: the numeric contract in readable code, and the same bits by SIMD. */
package dev.norma.cpu;
