/** Norms of vectors and matrices, and the interface that backends implement. */
module dev.norma {
  exports dev.norma;
  exports dev.norma.spi;

  uses dev.norma.spi.BackendProvider;
}
