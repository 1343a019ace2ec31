package dev.norma;

import dev.norma.spi.Backend;
import dev.norma.spi.BackendProvider;
import dev.norma.spi.Probe;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds backends by name: one alone, the best of the CPU, all devices of a kind, or the CPU with
 * whatever devices there are.
 */
final class Backends {
  static final String AUTO = "auto";

  private static final String CPU = "cpu";
  private static final Pattern KNOWN =
      Pattern.compile("auto|cpu|cpu-simd|cpu-scalar|(opencl|cuda)(:\\d{1,3})?");

  /** A probe and who can open what it found. */
  private record Candidate(Probe probe, BackendProvider provider) {
    String name() {
      return probe.name();
    }

    /** Returns what a name has in common with those of like backends. */
    String kind() {
      return name().split("[:-]", 2)[0];
    }

    boolean isDevice() {
      return !kind().equals(CPU);
    }

    /** Tells whether this may be used where nobody named it. */
    boolean isEager() {
      return probe.rank() >= 0;
    }

    /** Tells whether this is a device that may be used beside the CPU where nobody named it. */
    boolean isOffered() {
      return isDevice() && probe.rank() > 0;
    }

    Backend open() {
      return provider.open(name());
    }

    String why() {
      return probe.available() ? name() + " is used only by name" : probe.detail();
    }
  }

  private Backends() {}

  static List<Probe> probes() {
    return candidates(p -> true).stream().map(Candidate::probe).toList();
  }

  static Backend open(String name) {
    List<Candidate> all =
        name.equals(AUTO) ? candidates(p -> true) : candidates(p -> mayProvide(p, name));
    boolean provided = all.stream().anyMatch(c -> c.name().equals(name));
    if (!provided && !KNOWN.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "backend: unknown name '"
              + name
              + "'; known are auto, cpu, cpu-simd, cpu-scalar, opencl, opencl:0, cuda, cuda:0");
    }
    return name.equals(AUTO) ? auto(all) : named(name, all);
  }

  private static Backend named(String name, List<Candidate> all) {
    List<Candidate> exact = only(all, c -> c.name().equals(name));
    List<Candidate> fitting = exact.isEmpty() ? only(all, c -> fits(c, name)) : exact;
    Candidate best = best(name, fitting, fitting);
    return best.isDevice() ? devices(name, available(fitting)) : best.open();
  }

  private static Backend auto(List<Candidate> all) {
    Candidate best = best(AUTO, only(all, Candidate::isEager), all);
    List<Candidate> devices = only(available(all), Candidate::isOffered);
    List<Candidate> cpus = only(all, c -> !c.isDevice());
    if (devices.isEmpty()) {
      return best.open();
    }
    if (available(cpus).isEmpty()) {
      return devices(best.kind(), only(devices, c -> c.kind().equals(best.kind())));
    }
    List<LazyDevice> lazy =
        devices.stream()
            .map(Candidate::kind)
            .distinct()
            .map(kind -> lazy(kind, only(devices, c -> c.kind().equals(kind))))
            .toList();
    return new AutoBackend(best(CPU, cpus, cpus).open(), lazy, Calibration::of);
  }

  private static LazyDevice lazy(String kind, List<Candidate> devices) {
    String name = devices.size() == 1 ? devices.get(0).name() : kind;
    return new LazyDevice(name, () -> devices(kind, devices));
  }

  /** Opens some devices as one backend, those that are used only by name if there are no others. */
  private static Backend devices(String name, List<Candidate> available) {
    List<Candidate> eager = only(available, Candidate::isEager);
    List<Candidate> used = eager.isEmpty() ? available : eager;
    if (used.size() == 1) {
      return used.get(0).open();
    }
    List<Backend> opened = new ArrayList<>();
    try {
      used.forEach(candidate -> opened.add(candidate.open()));
    } catch (RuntimeException | LinkageError e) {
      Closing.all(opened.stream().<Runnable>map(backend -> backend::close).toList());
      throw e;
    }
    return new SplitBackend(name, opened);
  }

  /** Returns the first one available, and logs those that would have been better. */
  private static Candidate best(String name, List<Candidate> of, List<Candidate> reasons) {
    for (Candidate candidate : of) {
      if (candidate.probe.available()) {
        return candidate;
      }
      OnceLog.warn(
          "backend " + candidate.name() + " is not available: " + candidate.probe.detail());
    }
    throw new BackendUnavailableException("backend " + name + " is not available: " + why(reasons));
  }

  private static String why(List<Candidate> fitting) {
    return fitting.isEmpty()
        ? "no module of this program provides it; there are " + names()
        : fitting.stream().map(Candidate::why).collect(Collectors.joining("; "));
  }

  private static String names() {
    return probes().stream().map(Probe::name).collect(Collectors.joining(", "));
  }

  /** A kind of device that is missing altogether stands for each device of that kind. */
  private static boolean fits(Candidate candidate, String name) {
    String backend = candidate.name();
    return backend.startsWith(name + "-")
        || backend.startsWith(name + ":")
        || (name.startsWith(backend + ":") && !candidate.probe.available());
  }

  private static List<Candidate> available(List<Candidate> candidates) {
    return only(candidates, c -> c.probe.available());
  }

  private static List<Candidate> only(List<Candidate> from, Predicate<Candidate> which) {
    return from.stream().filter(which).toList();
  }

  /** Probing may load drivers, so that nobody is asked who cannot have the backend. */
  private static boolean mayProvide(BackendProvider provider, String name) {
    String prefix = provider.prefix();
    return name.startsWith(prefix) || prefix.startsWith(name);
  }

  private static List<Candidate> candidates(Predicate<BackendProvider> which) {
    return ServiceLoader.load(BackendProvider.class).stream()
        .flatMap(provider -> candidates(provider, which).stream())
        .sorted(Comparator.comparingInt((Candidate c) -> c.probe.rank()).reversed())
        .toList();
  }

  /** A provider that fails does not take the others down. */
  private static List<Candidate> candidates(
      ServiceLoader.Provider<BackendProvider> loaded, Predicate<BackendProvider> which) {
    try {
      BackendProvider provider = loaded.get();
      return which.test(provider)
          ? provider.probe().stream().map(probe -> new Candidate(probe, provider)).toList()
          : List.of();
    } catch (RuntimeException | LinkageError | ServiceConfigurationError e) {
      OnceLog.warn("no backend of " + loaded.type().getName() + " can be used: " + e);
      return List.of();
    }
  }
}
