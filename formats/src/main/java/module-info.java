/** Files as arrays, memory-mapped. */
module dev.norma.formats {
  requires transitive dev.norma;

  exports dev.norma.formats;
}
