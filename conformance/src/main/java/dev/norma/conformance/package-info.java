/**
 * The test kit that every backend is held to: an oracle in exact arithmetic, the bounds on the
 * error, the order of additions written down a second time, and one list of cases. A backend's test
 * is a subclass of {@link dev.norma.conformance.BackendConformance}.
 */
package dev.norma.conformance;
