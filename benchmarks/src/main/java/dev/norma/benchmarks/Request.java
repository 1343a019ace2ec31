package dev.norma.benchmarks;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What the words of the command line ask for.
 *
 * @param effort how long each case is measured
 * @param cases the cases, in order
 */
record Request(Effort effort, List<Case> cases) {
  private static final String USAGE = "[--quick] [--include REGEX]";

  /**
   * Reads the command line. Without {@code --include}, all cases are meant, or with {@code --quick}
   * those of {@link Cases#quick()}.
   *
   * @throws IllegalArgumentException if a word is unknown, the expression is none, or no case has a
   *     name in which it is found
   */
  static Request parse(String... words) {
    boolean quick = false;
    Pattern include = null;
    for (int i = 0; i < words.length; i++) {
      if (words[i].equals("--quick")) {
        quick = true;
      } else if (words[i].equals("--include") && i + 1 < words.length) {
        include = pattern(words[++i]);
      } else {
        throw new IllegalArgumentException(
            "the words '" + words[i] + "' are not understood; known are " + USAGE);
      }
    }
    return new Request(quick ? Effort.QUICK : Effort.FULL, cases(quick, include));
  }

  private static Pattern pattern(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("--include: no regular expression: " + regex, e);
    }
  }

  private static List<Case> cases(boolean quick, Pattern include) {
    if (include == null) {
      return quick ? Cases.quick() : Cases.all();
    }
    List<Case> found =
        Cases.all().stream().filter(c -> include.matcher(c.toString()).find()).toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "--include: no case matches "
              + include
              + "; the first of "
              + Cases.all().size()
              + " is "
              + Cases.all().get(0));
    }
    return found;
  }
}
