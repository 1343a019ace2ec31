/**
 * The part of the kit that compares two backends by bits outside of any test: it needs nothing at
 * run time but the API, and goes on after a case that fails.
 */
package dev.norma.conformance.check;
