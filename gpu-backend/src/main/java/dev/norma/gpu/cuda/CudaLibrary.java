package dev.norma.gpu.cuda;

import dev.norma.gpu.NativeBinding;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/** Whether this machine has CUDA: a driver that is new enough, and what binds Java to it. */
final class CudaLibrary {
  /** The version of CUDA that the drivers of the series 470 have. */
  private static final int OLDEST = 11040;

  private static final int THOUSAND = 1000;

  private static final String INSTALL = "install the driver of the NVIDIA card, 470 or newer";
  private static final String LOOK = "see what the command nvidia-smi says";

  private CudaLibrary() {}

  /**
   * Loads the binding where there is a driver with a device. No class of the binding is touched
   * without one: it would fail with an error that is of no use to anybody.
   *
   * @return why CUDA cannot be used and what to do about it, or nothing if it can be used
   */
  static Optional<String> load() {
    return problem(
            System.getProperty("os.name"), System.getProperty("os.arch"), CudaLibrary::driver)
        .or(CudaLibrary::missingBinding);
  }

  /** Says what is missing on a machine with some drivers, which are found by their file. */
  static Optional<String> problem(
      String system, String machine, Function<String, Optional<Driver>> drivers) {
    Optional<String> file = file(system, machine);
    if (file.isEmpty()) {
      return Optional.of(
          "CUDA is used through JCuda, which knows Linux and Windows on x86-64, and not "
              + system
              + " on "
              + machine
              + "; use opencl or cpu");
    }
    try {
      return drivers
          .apply(file.get())
          .map(CudaLibrary::problem)
          .orElseGet(() -> Optional.of("there is no CUDA driver (" + file.get() + "); " + INSTALL));
    } catch (NoSuchElementException e) {
      return Optional.of(file.get() + " is not the driver of an NVIDIA card; " + INSTALL);
    } catch (IllegalCallerException e) {
      return Optional.of(NativeBinding.FORBIDDEN);
    }
  }

  private static Optional<String> file(String system, String machine) {
    if (!List.of("amd64", "x86_64").contains(machine)) {
      return Optional.empty();
    }
    if (system.equals("Linux")) {
      return Optional.of("libcuda.so.1");
    }
    return system.startsWith("Windows") ? Optional.of("nvcuda.dll") : Optional.empty();
  }

  private static Optional<String> problem(Driver driver) {
    int[] number = new int[1];
    int status = driver.start();
    if (status != 0) {
      return failed("cannot be started", driver, status);
    }
    status = driver.version(number);
    if (status != 0) {
      return failed("does not tell its version", driver, status);
    }
    if (number[0] < OLDEST) {
      return Optional.of(
          "the CUDA driver is too old: it knows CUDA "
              + version(number[0])
              + ", and "
              + version(OLDEST)
              + " is needed; "
              + INSTALL);
    }
    status = driver.count(number);
    if (status != 0) {
      return failed("does not tell its devices", driver, status);
    }
    return number[0] == 0
        ? Optional.of("the CUDA driver has no device; " + LOOK)
        : Optional.empty();
  }

  private static Optional<String> failed(String how, Driver driver, int status) {
    return Optional.of("the CUDA driver " + how + ": " + driver.describe(status) + "; " + LOOK);
  }

  /** Writes a version as people do, such as 11.4 for 11040. */
  static String version(int number) {
    return String.format(Locale.ROOT, "%d.%d", number / THOUSAND, number % THOUSAND / 10);
  }

  /** The library stays: JCuda needs it next, and a driver that was started is not unloaded. */
  @SuppressWarnings("restricted") // Loads what JCuda is about to load.
  private static Optional<Driver> driver(String file) {
    SymbolLookup library;
    try {
      library = SymbolLookup.libraryLookup(file, Arena.global());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return Optional.of(Driver.of(library));
  }

  private static Optional<String> missingBinding() {
    return NativeBinding.load("JCuda", "jcuda.driver.JCudaDriver")
        .map(
            why ->
                why
                    + "; org.jcuda:jcuda and org.jcuda:jcuda-natives of this machine belong on the"
                    + " class path");
  }
}
