package dev.norma.cli;

import dev.norma.Norma;
import dev.norma.spi.Costs;
import dev.norma.spi.Probe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A backend as {@code norma devices} shows it.
 *
 * @param name the backend's name
 * @param available whether it can be opened
 * @param detail what it is, or why it is not available, or why it failed
 * @param costs what it was measured to take, if it could be
 */
record Device(String name, boolean available, String detail, Optional<Costs> costs) {
  private static final double GIGA = 1e9;
  private static final double MICRO = 1e-6;

  /** Measures all backends that are available. */
  static List<Device> all() {
    return Norma.backends().stream().map(Device::of).toList();
  }

  /** Measures a backend that is available. */
  static Device of(Probe probe) {
    return of(probe, Norma::costs);
  }

  static Device of(Probe probe, Function<String, Costs> measure) {
    if (!probe.available()) {
      return new Device(probe.name(), false, probe.detail(), Optional.empty());
    }
    try {
      Costs costs = measure.apply(probe.name());
      return new Device(probe.name(), true, probe.detail(), Optional.of(costs));
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      String detail = probe.detail() + "; it failed: " + Failure.reason(e);
      return new Device(probe.name(), true, detail, Optional.empty());
    }
  }

  /** Returns the detail and the measured numbers for people. */
  String line() {
    List<String> parts = new ArrayList<>(List.of(detail));
    costs.filter(Costs::copies).ifPresent(c -> parts.add(copies(c)));
    costs.ifPresent(
        c -> {
          parts.add("L2 " + number(c.light() / GIGA) + " GB/s");
          parts.add("p-norm " + number(c.heavy() / GIGA) + " GB/s");
          parts.add("launch " + number(c.launch() / MICRO) + " us");
        });
    return String.join("; ", parts);
  }

  private static String copies(Costs costs) {
    String in = number(costs.copyIn() / GIGA);
    return "copy " + in + " GB/s in, " + number(costs.copyOut() / GIGA) + " out";
  }

  /** Writes two digits or three, which is as much as such measurements are worth. */
  private static String number(double value) {
    int digits = value < 10 ? value < 1 ? 2 : 1 : 0;
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** Returns the measured numbers for programs, by their names. */
  Map<String, Double> numbers() {
    Map<String, Double> numbers = new LinkedHashMap<>();
    costs
        .filter(Costs::copies)
        .ifPresent(
            c -> {
              numbers.put("copyInBytesPerSecond", c.copyIn());
              numbers.put("copyOutBytesPerSecond", c.copyOut());
            });
    costs.ifPresent(
        c -> {
          numbers.put("l2BytesPerSecond", c.light());
          numbers.put("pNormBytesPerSecond", c.heavy());
          numbers.put("launchSeconds", c.launch());
        });
    return numbers;
  }
}
