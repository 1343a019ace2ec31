package dev.norma.gpu.cuda;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the driver for tests counted of a kernel.
 *
 * @param name such as {@code reduce_rows}; kernels of several programs may share it
 * @param values counters by name, such as {@code sectorsRead}
 * @param opcodes how many instructions of each kind the warps executed
 * @param sites the instructions that read or write global memory
 */
record KernelCounts(
    String name, Map<String, Long> values, Map<String, Long> opcodes, List<Site> sites) {
  /** So many bytes are moved at once. */
  static final int SECTOR = 32;

  private static final Pattern NAME = Pattern.compile("\"kernel\": \"(\\w+)\"");
  private static final Pattern OPCODES = Pattern.compile("\"opcodes\": \\{(.*?)\\}");
  private static final Pattern SITE =
      Pattern.compile("\"opcode\": \"([\\w.]+)\".*?\"sectors\": (\\d+), \"fewest\": (\\d+)");
  private static final Pattern NUMBER = Pattern.compile("\"([\\w.:]+)\": (\\d+)");

  /** An instruction that reads or writes, and the sectors that its accesses asked for. */
  record Site(String opcode, long sectors, long fewest) {}

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
        numbers(found(OPCODES, json)),
        SITE.matcher(json).results().map(KernelCounts::site).toList());
  }

  private static Site site(MatchResult found) {
    return new Site(found.group(1), Long.parseLong(found.group(2)), Long.parseLong(found.group(3)));
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

  /** Returns the sectors of elements that the stores of warps asked for, by those there are. */
  double askedWriting() {
    return asked("Written");
  }

  /** Where no elements are read or written, none are asked for twice. */
  private double asked(String how) {
    long distinct = get("elementDistinct" + how);
    return distinct == 0 ? 1 : (double) get("elementSectors" + how) / distinct;
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
