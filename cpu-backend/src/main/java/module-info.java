/** The CPU backends of Norma. */
module dev.norma.cpu {
  requires dev.norma;
  requires static jdk.incubator.vector;

  provides dev.norma.spi.BackendProvider with
      dev.norma.cpu.CpuBackendProvider;
}
