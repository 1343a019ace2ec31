package dev.norma.gpu.cuda;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the driver for tests counted of a kernel.
 *
 * @param name such as {@code reduce_rows}; kernels of several programs may share it
 * @param values counters by name, such as {@code sectorsRead}
 * @param opcodes how many instructions of each kind the warps executed
 */
record KernelCounts(String name, Map<String, Long> values, Map<String, Long> opcodes) {
  /** So many bytes are moved at once. */
  static final int SECTOR = 32;

  private static final Pattern NAME = Pattern.compile("\"kernel\": \"(\\w+)\"");
  private static final Pattern OPCODES = Pattern.compile("\"opcodes\": \\{(.*?)\\}");
  private static final Pattern NUMBER = Pattern.compile("\"([\\w.:]+)\": (\\d+)");

  /** Returns what was counted, the kernel that did most first. */
  static List<KernelCounts> read() {
    return Arrays.stream(TestDriver.counters().split("(?=\\{\"kernel\")"))
        .filter(kernel -> kernel.startsWith("{"))
        .map(KernelCounts::of)
        .sorted((a, b) -> Long.compare(b.get("warpInstructions"), a.get("warpInstructions")))
        .toList();
  }

  private static KernelCounts of(String json) {
    return new KernelCounts(
        found(NAME, json),
        numbers(json.substring(0, json.indexOf("\"opcodes\""))),
        numbers(found(OPCODES, json)));
  }

  private static String found(Pattern pattern, String json) {
    Matcher matcher = pattern.matcher(json);
    if (!matcher.find()) {
      throw new IllegalArgumentException("no " + pattern + " in " + json);
    }
    return matcher.group(1);
  }

  private static Map<String, Long> numbers(String json) {
    Map<String, Long> numbers = new TreeMap<>();
    NUMBER
        .matcher(json)
        .results()
        .forEach(r -> numbers.put(r.group(1), Long.parseLong(r.group(2))));
    return numbers;
  }

  long get(String counter) {
    return values.get(counter);
  }

  /** Returns what all instructions of the warps cost, if an opcode costs so much. */
  double cost(ToDoubleFunction<String> ofOpcode) {
    return opcodes.entrySet().stream()
        .mapToDouble(entry -> entry.getValue() * ofOpcode.applyAsDouble(entry.getKey()))
        .sum();
  }

  /** Returns the sectors of elements that the loads of warps asked for, by those there are. */
  double askedReading() {
    return asked("Read");
  }

  /** Returns the same of stores. */
  double askedWriting() {
    return asked("Written");
  }

  /** Tells whether it writes elements, and not only what it reduced them to. */
  boolean writesElements() {
    return get("elementDistinctWritten") > 0;
  }

  /** No number where there are none. */
  private double asked(String how) {
    return (double) get("elementSectors" + how) / get("elementDistinct" + how);
  }

  /** Returns the cycles that an access of shared memory waits for others of its warp. */
  double conflicts() {
    return (double) get("bankConflicts") / Math.max(1, get("sharedAccesses"));
  }

  /** Returns the instructions of threads, those of a warp that do nothing with it included. */
  double instructions() {
    return 32.0 * get("warpInstructions");
  }

  /** Returns the bytes that come from and go to memory if each sector does once. */
  long bytes() {
    return SECTOR * (get("distinctSectorsRead") + get("distinctSectorsWritten"));
  }
}
