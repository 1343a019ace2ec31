package dev.norma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.Elements;
import dev.norma.NdArray;
import dev.norma.Norma;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The progress bar's total: what the computation really counts on ordinary numbers. */
class QueryTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          none | 2          | 1
          none | 0,1,2,sq2,inf,-inf | 1
          0    | 3.5        | 2
          1    | 2,3.5,0.5  | 2
          1    | -3,-1.5    | 2
          1    | 2,3.5,-1.5 | 3
          0,1  | fro        | 1
          0,1  | fro,max,sum | 1
          1,2  | 1,-1,l21   | 1
          1,2  | inf,-inf   | 1
          2,0  | inf,1      | 2
          2,0  | inf,1,fro  | 3
          """)
  void passesAreThoseOfTheComputation(String axis, String ords, int passes) {
    NdArray array = NdArray.of(Elements.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8}), 2, 2, 2);
    Query query = Query.parse(ords, axis);
    LongAdder counter = new LongAdder();
    try (Norma norma = Norma.open("cpu-scalar")) {
      query.norms(norma, array, counter);
    }
    assertEquals(passes * array.size(), counter.sum(), "counted");
    assertEquals(passes, query.passes(), "passes");
  }
}
