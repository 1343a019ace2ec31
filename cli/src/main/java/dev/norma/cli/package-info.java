/** The command line: {@code bin/norma}. */
package dev.norma.cli;
