package dev.norma.gpu.opencl;

import dev.norma.gpu.NativeBinding;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Whether this machine has OpenCL: its loader, and what binds Java to it. */
final class OpenClLibrary {
  private OpenClLibrary() {}

  /**
   * Loads the binding where there is a loader. No class of the binding is touched without one: it
   * would fail with an error that is of no use to anybody.
   *
   * @return why OpenCL cannot be used and what to do about it, or nothing if it can be used
   */
  static Optional<String> load() {
    return missingLoader(System.getProperty("os.name"), OpenClLibrary::isThere)
        .or(() -> NativeBinding.load("JOCL", "org.jocl.CL"));
  }

  /** Says what is missing on an operating system where only some libraries can be loaded. */
  static Optional<String> missingLoader(String system, Predicate<String> loads) {
    try {
      return names(system).stream().anyMatch(loads)
          ? Optional.empty()
          : Optional.of("there is no OpenCL loader; " + advice(system));
    } catch (IllegalCallerException e) {
      return Optional.of(NativeBinding.FORBIDDEN);
    }
  }

  private static List<String> names(String system) {
    return switch (family(system)) {
      case "win" -> List.of("OpenCL.dll");
      case "mac" -> List.of("/System/Library/Frameworks/OpenCL.framework/OpenCL");
      default -> List.of("libOpenCL.so.1", "libOpenCL.so");
    };
  }

  private static String advice(String system) {
    return switch (family(system)) {
      case "win" -> "install the driver of the graphics card";
      case "mac" -> "this system should have come with one";
      default ->
          "install it (on Debian: ocl-icd-libopencl1) and a driver, that of the graphics card or"
              + " one for the CPU (pocl-opencl-icd)";
    };
  }

  private static String family(String system) {
    return system.substring(0, Math.min(3, system.length())).toLowerCase(Locale.ROOT);
  }

  @SuppressWarnings("restricted") // Loads what JOCL is about to load.
  private static boolean isThere(String library) {
    try (Arena arena = Arena.ofConfined()) {
      SymbolLookup.libraryLookup(library, arena);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
