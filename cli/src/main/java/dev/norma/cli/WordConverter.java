package dev.norma.cli;

import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a constant of an enum as its {@code toString} writes it, and in no other way. */
abstract class WordConverter<E extends Enum<E>> implements ITypeConverter<E> {
  private final E[] constants;

  WordConverter(E[] constants) {
    this.constants = constants.clone();
  }

  @Override
  public E convert(String word) {
    for (E constant : constants) {
      if (constant.toString().equals(word)) {
        return constant;
      }
    }
    String known = Arrays.stream(constants).map(Enum::toString).collect(Collectors.joining(", "));
    throw new TypeConversionException("'" + word + "' is none of " + known);
  }
}
