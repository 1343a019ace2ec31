package dev.norma.cli;

import dev.norma.NdArray;
import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What {@code --axis} says, before it is known which array it is said of.
 *
 * @param numbers no axis for the whole array as one vector, one axis for vectors, or two, that of
 *     the rows and that of the columns, for matrices; negatives count from the end, and no number
 *     is too large for a word, as which axes there are is up to the array
 */
record Axis(List<BigInteger> numbers) {
  private static final Pattern WORD = Pattern.compile("[+-]?\\d+(,[+-]?\\d+)?");

  /**
   * Reads {@code none}, {@code K} or {@code K,L}.
   *
   * @throws IllegalArgumentException if the word is none of these, or names the same axis twice
   */
  static Axis parse(String word) {
    if (word.equals("none")) {
      return new Axis(List.of());
    }
    if (!WORD.matcher(word).matches()) {
      throw new IllegalArgumentException(
          "axis: '" + word + "' is not none, an axis such as 1, or two axes such as 0,1");
    }
    List<BigInteger> numbers = Stream.of(word.split(",")).map(BigInteger::new).toList();
    if (numbers.size() == 2 && numbers.get(0).equals(numbers.get(1))) {
      throw new IllegalArgumentException(
          "axis: '" + word + "' names one axis twice; a matrix norm needs two axes");
    }
    return new Axis(numbers);
  }

  /** Tells whether these are the two axes of matrices. */
  boolean ofMatrices() {
    return numbers.size() == 2;
  }

  /**
   * Returns one of the axes as it was typed.
   *
   * @throws IllegalArgumentException if no array has so many dimensions
   */
  int number(int index, NdArray array) {
    BigInteger number = numbers.get(index);
    if (number.bitLength() >= Integer.SIZE) {
      throw new IllegalArgumentException(
          "axis " + number + " is out of range for an array of " + array.rank() + " dimensions");
    }
    return number.intValue();
  }

  /**
   * Returns the axes counted from the front.
   *
   * @throws IllegalArgumentException if the array does not have them
   */
  List<Integer> in(NdArray array) {
    return IntStream.range(0, numbers.size()).mapToObj(i -> array.axis(number(i, array))).toList();
  }
}
