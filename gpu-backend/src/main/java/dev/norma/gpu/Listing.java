package dev.norma.gpu;

import java.util.List;

/**
 * What was found on a machine.
 *
 * @param <T> what is known of a device
 * @param devices in the order in which they are numbered
 * @param problems what kept devices from being found
 */
public record Listing<T>(List<T> devices, List<String> problems) {
  /** Takes over copies. */
  public Listing {
    devices = List.copyOf(devices);
    problems = List.copyOf(problems);
  }

  /** Returns a listing of no device. */
  public static <T> Listing<T> none(String why) {
    return new Listing<>(List.of(), List.of(why));
  }
}
