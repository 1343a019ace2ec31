package dev.norma.cli;

import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Has words of the call that make no sense told as such. */
final class Words {
  private Words() {}

  /**
   * Returns what is made of the words.
   *
   * @throws ParameterException if that throws {@link IllegalArgumentException}
   */
  static <T> T checked(CommandSpec spec, Supplier<T> words) {
    try {
      return words.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
