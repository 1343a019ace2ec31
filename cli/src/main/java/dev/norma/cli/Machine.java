package dev.norma.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a reader of a report has to know of the machine that it was made on. */
final class Machine {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** The properties and variables that change what is computed on, and how. */
  private static final String SETTINGS =
      "norma\\..*|NORMA_.*|OCL_ICD_.*|POCL_.*|OCLGRIND_.*|CUDA_VISIBLE_DEVICES";

  private Machine() {}

  /** Returns lines of a heading and what it is of. */
  static List<List<String>> facts() {
    Runtime runtime = Runtime.getRuntime();
    List<List<String>> facts = new ArrayList<>();
    facts.add(
        List.of(
            "Java",
            "%s, %s, %s"
                .formatted(Runtime.version(), property("java.vendor"), property("java.vm.name"))));
    facts.add(
        List.of(
            "system",
            "%s %s, %s"
                .formatted(property("os.name"), property("os.version"), property("os.arch"))));
    facts.add(List.of("processor", processor() + ", " + runtime.availableProcessors() + " used"));
    facts.add(List.of("heap", (runtime.maxMemory() >> 20) + " MiB at most"));
    return facts;
  }

  /** Returns lines of a setting and its value, of properties and environment. */
  static List<List<String>> settings() {
    Map<String, String> settings = new TreeMap<>(System.getenv());
    System.getProperties().stringPropertyNames().forEach(p -> settings.put(p, property(p)));
    settings.keySet().removeIf(name -> !name.matches(SETTINGS));
    List<List<String>> lines = new ArrayList<>();
    settings.forEach((name, value) -> lines.add(List.of(name, OneLine.of(value))));
    return lines;
  }

  private static String property(String name) {
    return System.getProperty(name, "");
  }

  /** Returns the name of the processor where Linux tells it, or else its kind. */
  private static String processor() {
    try {
      return Files.readAllLines(CPU_INFO).stream()
          .filter(line -> line.startsWith("model name"))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse(property("os.arch"));
    } catch (IOException e) {
      return property("os.arch");
    }
  }
}
