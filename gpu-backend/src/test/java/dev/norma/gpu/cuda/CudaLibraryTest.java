package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.gpu.NativeBinding;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drivers that lack something, as this test plays them. */
class CudaLibraryTest {
  /** A driver whose calls return what a test says. */
  private record Played(int started, int versioned, int version, int counted, int count)
      implements Driver {
    @Override
    public int start() {
      return started;
    }

    @Override
    public int version(int[] stored) {
      stored[0] = version;
      return versioned;
    }

    @Override
    public int count(int[] stored) {
      stored[0] = count;
      return counted;
    }

    @Override
    public String describe(int status) {
      return "E" + status + " (text)";
    }
  }

  private static Optional<String> problem(Driver driver) {
    return CudaLibrary.problem("Linux", "amd64", file -> Optional.of(driver));
  }

  private static Optional<String> problemOfAny(Function<String, Optional<Driver>> drivers) {
    return CudaLibrary.problem("Linux", "amd64", drivers);
  }

  @Test
  void aDriverOfTheSeries470IsNewEnough() {
    assertEquals(Optional.empty(), problem(new Played(0, 0, 11040, 0, 1)));
    assertEquals(Optional.empty(), problem(new Played(0, 0, 13000, 0, 8)));
    assertEquals(
        Optional.of(
            "the CUDA driver is too old: it knows CUDA 11.3, and 11.4 is needed; install the"
                + " driver of the NVIDIA card, 470 or newer"),
        problem(new Played(0, 0, 11030, 0, 1)));
  }

  @Test
  void whatTheDriverRefusesIsNamed() {
    String look = "; see what the command nvidia-smi says";
    assertEquals(
        Optional.of("the CUDA driver cannot be started: E100 (text)" + look),
        problem(new Played(100, 0, 12000, 0, 1)));
    assertEquals(
        Optional.of("the CUDA driver does not tell its version: E1 (text)" + look),
        problem(new Played(0, 1, 12000, 0, 1)));
    assertEquals(
        Optional.of("the CUDA driver does not tell its devices: E3 (text)" + look),
        problem(new Played(0, 0, 12000, 3, 1)));
    assertEquals(
        Optional.of("the CUDA driver has no device" + look),
        problem(new Played(0, 0, 12000, 0, 0)));
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, libcuda.so.1",
    "Linux, x86_64, libcuda.so.1",
    "Windows 11, amd64, nvcuda.dll"
  })
  void theDriverIsLookedForByTheNameThatItHasThere(String system, String machine, String file) {
    List<String> asked = new ArrayList<>();
    Optional<String> problem =
        CudaLibrary.problem(
            system,
            machine,
            name -> {
              asked.add(name);
              return Optional.empty();
            });
    assertEquals(List.of(file), asked);
    assertEquals(
        Optional.of(
            "there is no CUDA driver ("
                + file
                + "); install the driver of the NVIDIA card, 470 or newer"),
        problem);
  }

  @ParameterizedTest
  @CsvSource({"Linux, aarch64", "Mac OS X, x86_64", "Windows 11, aarch64", "AIX, ppc64"})
  void otherMachinesAreToldSo(String system, String machine) {
    Optional<String> problem =
        CudaLibrary.problem(
            system,
            machine,
            name -> {
              throw new AssertionError(name + " is looked for");
            });
    assertTrue(
        problem.orElseThrow().contains(", and not " + system + " on " + machine + "; "),
        problem::toString);
  }

  @Test
  void whatIsNoDriverIsToldSo() {
    Optional<String> problem =
        problemOfAny(
            file -> {
              throw new NoSuchElementException("cuInit");
            });
    assertTrue(
        problem.orElseThrow().startsWith("libcuda.so.1 is not the driver of an NVIDIA card; "),
        problem::toString);
  }

  @Test
  void nativeCodeMayBeForbidden() {
    Optional<String> problem =
        problemOfAny(
            file -> {
              throw new IllegalCallerException();
            });
    assertEquals(Optional.of(NativeBinding.FORBIDDEN), problem);
  }
}
