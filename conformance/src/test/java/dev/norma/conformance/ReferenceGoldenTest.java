package dev.norma.conformance;

/** The golden bits follow from the reference order, with no backend in between. */
class ReferenceGoldenTest implements Golden {
  @Override
  public String backend() {
    return ReferenceProvider.name(Fault.NONE);
  }
}
