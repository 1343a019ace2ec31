package dev.norma;

import dev.norma.spi.Backend;
import dev.norma.spi.BackendProvider;
import dev.norma.spi.Probe;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Chooses a backend: the one named, or the best available of those that fit the name. */
final class Backends {
  static final String AUTO = "auto";

  private static final Pattern KNOWN =
      Pattern.compile("auto|cpu|cpu-simd|cpu-scalar|(opencl|cuda)(:\\d{1,3})?");
  private static final System.Logger LOG = System.getLogger("dev.norma");
  private static final Set<String> LOGGED = ConcurrentHashMap.newKeySet();

  /** A probe and who can open what it found. */
  private record Candidate(Probe probe, BackendProvider provider) {}

  private Backends() {}

  static List<Probe> probes() {
    return candidates().stream().map(Candidate::probe).toList();
  }

  static Backend open(String name) {
    List<Candidate> all = candidates();
    boolean provided = all.stream().anyMatch(c -> c.probe.name().equals(name));
    if (!provided && !KNOWN.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "backend: unknown name '"
              + name
              + "'; known are auto, cpu, cpu-simd, cpu-scalar, opencl, opencl:0, cuda, cuda:0");
    }
    List<Candidate> fitting = all.stream().filter(c -> fits(c.probe.name(), name)).toList();
    for (Candidate candidate : fitting) {
      if (candidate.probe.available()) {
        return candidate.provider.open(candidate.probe.name());
      }
      logOnce(candidate.probe);
    }
    throw new BackendUnavailableException("backend " + name + " is not available: " + why(fitting));
  }

  private static String why(List<Candidate> fitting) {
    return fitting.isEmpty()
        ? "no module of this program provides it; there are " + names()
        : fitting.stream().map(c -> c.probe.detail()).collect(Collectors.joining("; "));
  }

  private static String names() {
    return probes().stream().map(Probe::name).collect(Collectors.joining(", "));
  }

  private static boolean fits(String backend, String name) {
    return name.equals(AUTO)
        || backend.equals(name)
        || backend.startsWith(name + "-")
        || backend.startsWith(name + ":");
  }

  /** Lets tests see the first time again. */
  static void forgetLogged() {
    LOGGED.clear();
  }

  private static void logOnce(Probe probe) {
    if (LOGGED.add(probe.name())) {
      LOG.log(
          System.Logger.Level.WARNING,
          "backend {0} is not available: {1}",
          probe.name(),
          probe.detail());
    }
  }

  private static List<Candidate> candidates() {
    List<Candidate> candidates = new ArrayList<>();
    for (BackendProvider provider : ServiceLoader.load(BackendProvider.class)) {
      for (Probe probe : provider.probe()) {
        candidates.add(new Candidate(probe, provider));
      }
    }
    candidates.sort(Comparator.comparingInt((Candidate c) -> c.probe.rank()).reversed());
    return candidates;
  }
}
