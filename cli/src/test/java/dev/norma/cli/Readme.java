package dev.norma.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The README, to be taken at its word. */
final class Readme {
  /** The directory that its commands are run in. */
  static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private Readme() {}

  /** Returns the first group of a pattern whose dot is any character. */
  static String block(String pattern) throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(readme);
    assertTrue(matcher.find(), "README.md has no " + pattern);
    return matcher.group(1);
  }

  /** Returns the words of a command line that is run in the root, to be run elsewhere. */
  static List<String> words(String line) {
    return List.of(line.replace("samples/", ROOT.resolve("samples") + "/").split(" "));
  }
}
