package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.gpu.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Machines that lack something, each as the environment of a Java of its own. */
@EnabledOnOs(
    value = OS.LINUX,
    architectures = "amd64",
    disabledReason = "how to hide a library depends on the system")
class CudaProbeTest {
  private static final String NO_DRIVER =
      "cuda false there is no CUDA driver (libcuda.so.1); install the driver of the NVIDIA card,"
          + " 470 or newer";

  @TempDir Path directory;

  private static String run(ChildJvm java, String... words)
      throws IOException, InterruptedException {
    ChildJvm.Result result =
        java.with("-Dnorma.cuda.driver=" + System.getProperty("norma.cuda.driver"))
            .run(ProbeProgram.class, words);
    assertEquals(0, result.code(), result.output());
    return result.output();
  }

  /** What stands in the way of the driver is no library at all. */
  @Test
  void withoutADriverNothingOfTheBindingIsTouchedAndNothingLoaded() throws Exception {
    Files.writeString(directory.resolve("libcuda.so.1"), "not a library at all, but a text");
    String output =
        run(
            ChildJvm.allowed()
                .with("LD_LIBRARY_PATH", directory.toString())
                .with("-Xlog:class+load=info"));
    assertTrue(output.lines().anyMatch(NO_DRIVER::equals), output);
    assertEquals(
        List.of(),
        output.lines().filter(l -> l.contains(" jcuda.") || l.startsWith("loaded ")).toList());
  }

  @Test
  void nativeCodeMayBeForbidden() throws Exception {
    String output = run(ChildJvm.denied());
    assertTrue(output.startsWith("cuda false Java may not call native code; start it"), output);
  }

  @Test
  void theMachineMayBeAnother() throws Exception {
    String output = run(ChildJvm.allowed().with("-Dos.arch=aarch64"));
    assertTrue(output.startsWith("cuda false CUDA is used through JCuda, which knows"), output);
    assertFalse(output.contains("loaded "), output);
  }

  @RequiresCuda
  @Test
  void theNativesOfTheBindingMayBeMissing() throws Exception {
    String output = run(ChildJvm.allowed().without("jcuda-natives"));
    assertTrue(output.startsWith("cuda false JCuda cannot be loaded on Linux amd64: "), output);
    assertTrue(output.contains("org.jcuda:jcuda-natives"), output);
  }

  @RequiresCuda
  @Test
  void theBindingMayBeMissing() throws Exception {
    String output = run(ChildJvm.allowed().without("jcuda-"));
    assertTrue(output.startsWith("cuda false JCuda cannot be loaded on Linux amd64: "), output);
  }

  @RequiresCuda
  @Test
  void theBindingIsUnpackedWhereNobodyElseWrites() throws Exception {
    Path planted = directory.resolve("libJCudaDriver-11.4.1-linux-x86_64.so");
    Files.writeString(planted, "planted");
    String output = run(ChildJvm.allowed().with("-Djava.io.tmpdir=" + directory), "cuda:0");
    assertTrue(output.contains("cuda:0 computes 3.0"), output);
    assertEquals("planted", Files.readString(planted));
    try (Stream<Path> left = Files.list(directory)) {
      assertEquals(List.of(planted), left.filter(file -> !isJavas(file)).toList());
    }
  }

  @RequiresCuda
  @Test
  void eachDeviceHasANumber() throws Exception {
    String output = run(ChildJvm.allowed(), "devices=2", "cuda:0", "cuda:1");
    assertTrue(output.contains("cuda:0 computes 3.0"), output);
    assertTrue(output.contains("cuda:1 computes 3.0"), output);
  }

  @RequiresCuda
  @Test
  void theDriverMayHaveNoDevice() throws Exception {
    String output = run(ChildJvm.allowed(), "devices=0");
    assertTrue(output.startsWith("cuda false the CUDA driver has no device; see what"), output);
  }

  @RequiresCuda
  @Test
  void aDeviceMayBeTooOld() throws Exception {
    String output = run(ChildJvm.allowed(), "capability=37");
    assertTrue(output.startsWith("cuda:0 false Norma test driver, compute cap"), output);
    assertTrue(output.contains(": the device is too old; compute capability 5.0 is"), output);
  }

  /** Returns whether a file is where Java counts its own performance. */
  private static boolean isJavas(Path file) {
    return file.getFileName().toString().startsWith("hsperfdata_");
  }
}
