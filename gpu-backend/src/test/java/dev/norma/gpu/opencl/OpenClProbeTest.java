package dev.norma.gpu.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.norma.gpu.ChildJvm;
import dev.norma.gpu.Listing;
import dev.norma.kernels.KernelSource;
import dev.norma.spi.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jocl.CL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Machines that lack something, each as the environment of a Java of its own. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "how to hide a library depends on the system")
class OpenClProbeTest {
  private static final String NO_LOADER =
      "opencl false there is no OpenCL loader; install it (on Debian: ocl-icd-libopencl1) and a"
          + " driver, that of the graphics card or one for the CPU (pocl-opencl-icd)";

  private static final String POCL = "Portable Computing Language";

  @TempDir Path directory;

  private static String run(ChildJvm java, String... arguments)
      throws IOException, InterruptedException {
    ChildJvm.Result result = java.run(ProbeProgram.class, arguments);
    assertEquals(0, result.code(), result.output());
    return result.output();
  }

  private static void assumePocl() throws IOException, InterruptedException {
    assumeTrue(run(ChildJvm.allowed()).contains(POCL), "PoCL is not there");
  }

  @Test
  void theLoaderIsLookedForByTheNamesOfTheSystem() {
    for (String system : List.of("Linux", "Windows 11", "Mac OS X", "AIX")) {
      Optional<String> none = OpenClLibrary.missingLoader(system, library -> false);
      assertTrue(none.orElseThrow().startsWith("there is no OpenCL loader; "), none::toString);
    }
    assertEquals(Optional.empty(), OpenClLibrary.missingLoader("Linux", "libOpenCL.so.1"::equals));
    assertEquals(Optional.empty(), OpenClLibrary.missingLoader("Windows 11", "OpenCL.dll"::equals));
    Optional<String> denied =
        OpenClLibrary.missingLoader(
            "Linux",
            library -> {
              throw new IllegalCallerException();
            });
    assertTrue(denied.orElseThrow().contains("--enable-native-access"), denied::toString);
  }

  /** What stands in the way of the loader is no library at all. */
  @Test
  void withoutALoaderNothingOfTheBindingIsTouched() throws Exception {
    Files.writeString(directory.resolve("libOpenCL.so.1"), "not a library at all, but a text");
    Files.copy(directory.resolve("libOpenCL.so.1"), directory.resolve("libOpenCL.so"));
    String output =
        run(
            ChildJvm.allowed()
                .with("LD_LIBRARY_PATH", directory.toString())
                .with("-Xlog:class+load=info"));
    assertTrue(output.lines().anyMatch(NO_LOADER::equals), output);
    List<String> loaded = output.lines().filter(line -> line.contains(" org.jocl.")).toList();
    assertEquals(List.of(), loaded);
  }

  @Test
  void nativeCodeMayBeForbidden() throws Exception {
    String output = run(ChildJvm.denied());
    assertTrue(output.startsWith("opencl false Java may not call native code; start it"), output);
  }

  @Test
  void whateverFailsIsTheReason() {
    assertFailure(new IllegalStateException("broken"), "java.lang.IllegalStateException: broken");
    assertFailure(
        new ExceptionInInitializerError(new UnsatisfiedLinkError("no lib")),
        "java.lang.UnsatisfiedLinkError: no lib");
  }

  private static void assertFailure(Throwable failure, String why) {
    List<Probe> probes =
        new OpenClProvider(
                () -> {
                  if (failure instanceof Error error) {
                    throw error;
                  }
                  throw (RuntimeException) failure;
                },
                Set::of,
                KernelSource::openCl)
            .probe();
    assertEquals(List.of(new Probe("opencl", false, "OpenCL cannot be used: " + why, -10)), probes);
  }

  @RequiresOpenCl
  @Test
  void theBindingMayNotKnowTheMachine() throws Exception {
    String output = run(ChildJvm.allowed().with("-Dos.arch=sparc"));
    assertTrue(output.startsWith("opencl false JOCL cannot be loaded on Linux sparc: "), output);
  }

  @RequiresOpenCl
  @Test
  void withoutADriverOneIsAdvised() throws Exception {
    String output = run(ChildJvm.allowed().with("OCL_ICD_VENDORS", directory.toString()));
    assertTrue(output.startsWith("opencl false the OpenCL loader knows no driver; "), output);
    assertTrue(output.contains("pocl-opencl-icd"), output);
  }

  @RequiresOpenCl
  @Test
  void theBindingIsUnpackedWhereNobodyElseWrites() throws Exception {
    Path planted = directory.resolve("libJOCL_2_0_6-linux-x86_64.so");
    Files.writeString(planted, "planted");
    String output = run(ChildJvm.allowed().with("-Djava.io.tmpdir=" + directory), "opencl:0");
    assertTrue(output.contains("opencl:0 computes 3.0"), output);
    assertEquals("planted", Files.readString(planted));
    try (Stream<Path> left = Files.list(directory)) {
      assertEquals(List.of(planted), left.filter(file -> !isJavas(file)).toList());
    }
  }

  @RequiresOpenCl
  @Test
  void aDriverMayHaveNoDevice() throws Exception {
    assumePocl();
    String output = run(ChildJvm.allowed().with("POCL_DEVICES", "none_such"));
    assertTrue(output.contains(POCL + " has no device; install the driver"), output);
  }

  @RequiresOpenCl
  @Test
  void aDriverThatFailsIsNamed() {
    Listing<OpenClDevices.Found> listing =
        new OpenClDevices((platform, ids, count) -> CL.CL_OUT_OF_HOST_MEMORY).list();
    assertEquals(List.of(), listing.devices());
    String problem = listing.problems().get(0);
    assertTrue(problem.startsWith("OpenCL: counting the devices of "), problem);
    assertTrue(problem.endsWith(" failed: CL_OUT_OF_HOST_MEMORY"), problem);
  }

  @RequiresOpenCl
  @Test
  void eachDeviceOfADriverHasANumber() throws Exception {
    assumePocl();
    String output =
        run(ChildJvm.allowed().with("POCL_DEVICES", "pthread pthread"), "opencl:0", "opencl:1");
    assertTrue(output.contains("opencl:0 computes 3.0"), output);
    assertTrue(output.contains("opencl:1 computes 3.0"), output);
  }

  /** PoCL takes the signal for itself that Java makes an exception of. */
  @RequiresOpenCl
  @Test
  void javaStillDividesByZero() throws Exception {
    String output = run(ChildJvm.allowed(), "opencl:0");
    assertTrue(output.contains("divisions throw"), output);
  }

  /** Returns whether a file is where Java counts its own performance. */
  private static boolean isJavas(Path file) {
    return file.getFileName().toString().startsWith("hsperfdata_");
  }
}
