package dev.norma.conformance;

/** What the parts of the kit have in common: the backend that they test. */
interface Conformance {
  /** Returns the name of the backend under test. */
  String backend();

  /** Returns the backend under test, opened. */
  default Subject subject() {
    return Subject.of(backend());
  }
}
