package dev.norma;

/** What becomes of what stands where results go. */
public enum Into {
  /** It is overwritten. */
  REPLACE,
  /** The results are added to it, each sum rounded once. */
  ADD
}
