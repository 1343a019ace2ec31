package dev.norma.cli;

import dev.norma.Norma;
import dev.norma.spi.Costs;
import dev.norma.spi.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * A backend as {@code norma devices} shows it.
 *
 * @param name the backend's name
 * @param available whether it can be opened and computes
 * @param detail what it is and was measured to do, or why it is not available, or why it failed
 * @param failure what was thrown where it should have been available
 */
record Device(String name, boolean available, String detail, Optional<Throwable> failure) {
  private static final double GIGA = 1e9;
  private static final double MICRO = 1e-6;

  /** Measures all backends that are available. */
  static List<Device> all() {
    return Norma.backends().stream().map(probe -> of(probe, Norma::costs)).toList();
  }

  /** Measures a backend that is available. */
  static Device of(Probe probe, Function<String, Costs> measure) {
    if (!probe.available()) {
      return new Device(probe.name(), false, probe.detail(), Optional.empty());
    }
    try {
      String detail = probe.detail() + "; " + measured(measure.apply(probe.name()));
      return new Device(probe.name(), true, detail, Optional.empty());
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      String detail = probe.detail() + "; it failed: " + reason(probe.name(), e);
      return new Device(probe.name(), false, detail, Optional.of(e));
    }
  }

  /** Returns why a backend failed, without its name, which many messages begin with. */
  static String reason(String name, Throwable failure) {
    String reason = Failure.reason(failure);
    return reason.startsWith(name + ": ") ? reason.substring(name.length() + 2) : reason;
  }

  private static String measured(Costs costs) {
    List<String> parts = new ArrayList<>();
    if (costs.copies()) {
      String in = number(costs.copyIn() / GIGA);
      parts.add("copy " + in + " GB/s in, " + number(costs.copyOut() / GIGA) + " out");
    }
    parts.add("L2 " + number(costs.light() / GIGA) + " GB/s");
    parts.add("p-norm " + number(costs.heavy() / GIGA) + " GB/s");
    parts.add("launch " + number(costs.launch() / MICRO) + " us");
    return String.join("; ", parts);
  }

  /** Writes two digits or three, which is as much as such measurements are worth. */
  private static String number(double value) {
    int digits = value < 10 ? value < 1 ? 2 : 1 : 0;
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
