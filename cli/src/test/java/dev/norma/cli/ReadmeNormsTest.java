package dev.norma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.Batch;
import dev.norma.MatrixNorm;
import dev.norma.Norm;
import dev.norma.Norma;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of norms in the README: words, constants and the norm of nothing are as they say. */
class ReadmeNormsTest {
  private static final String PREFIX = "Norm.";

  /** Returns the cells of each row under a heading that begins in some way. */
  private static List<List<String>> rows(String heading) throws IOException {
    String table = Readme.block("\n\\| " + heading + " [^\n]*\n\\| ---[^\n]*\n(.*?)\n\n");
    return table
        .lines()
        .map(line -> Stream.of(line.split("(?<!\\\\)\\|")).map(String::strip).toList())
        .toList();
  }

  private static List<String> code(String cell) {
    return Pattern.compile("`([^`]+)`").matcher(cell).results().map(ReadmeNormsTest::word).toList();
  }

  private static String word(MatchResult code) {
    return code.group(1);
  }

  private static Set<String> constants(Class<?> type) {
    Set<String> names = new TreeSet<>();
    Arrays.stream(type.getFields())
        .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == type)
        .forEach(field -> names.add(field.getName()));
    return names;
  }

  @Test
  void vectorNorms() throws Exception {
    Set<String> seen = new TreeSet<>();
    for (List<String> row : rows("norm")) {
      String api = code(row.get(3)).get(0);
      for (String word : code(row.get(2))) {
        Query query = Query.parse(word, "none");
        assertEquals(List.of(norm(api, word)), ((VectorQuery) query).norms(), word);
        assertEquals(ofNothing(row.get(4), word), norm(norm(api, word)), word);
      }
      seen.add(api.substring(PREFIX.length()));
    }
    Set<String> all = constants(Norm.class);
    all.add("lp(p)");
    assertEquals(all, seen);
  }

  private static Norm norm(String api, String word) throws ReflectiveOperationException {
    return api.equals("Norm.lp(p)")
        ? Norm.lp(Double.parseDouble(word))
        : (Norm) Norm.class.getField(api.substring(PREFIX.length())).get(null);
  }

  private static double norm(Norm norm) {
    try (Norma norma = Norma.open("cpu-scalar")) {
      return norma.norm(norm, Batch.rows(new double[0], 1, 0));
    }
  }

  /** Reads a number, perhaps with another for p below 0. */
  private static double ofNothing(String cell, String word) {
    String number =
        word.startsWith("-")
            ? cell.replaceFirst("^.*; (.*) for p < 0$", "$1")
            : cell.replaceFirst("; .*$", "");
    return number.equals("∞") ? Double.POSITIVE_INFINITY : Double.parseDouble(number);
  }

  @Test
  void matrixNorms() throws Exception {
    Set<String> seen = new TreeSet<>();
    for (List<String> row : rows("matrix norm")) {
      List<Object> constants = new ArrayList<>();
      for (String name : code(row.get(3))) {
        constants.add(MatrixNorm.class.getField(name).get(null));
        seen.add(name);
      }
      Query query = Query.parse(String.join(",", code(row.get(2))), "0,1");
      assertEquals(constants, ((MatrixQuery) query).norms(), row::toString);
    }
    assertEquals(constants(MatrixNorm.class), seen);
  }
}
