package dev.norma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The meaning of ord and axis. The expected numbers are those of numpy.linalg.norm; numpy has no
 * word for sq2, max, sum and l21, of which they follow from the definition.
 */
class NormTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void write() {
    file =
        Npy.doubles(
            directory.resolve("a.npy"),
            new long[] {2, 2, 3},
            3,
            -4,
            0,
            0,
            5,
            -12,
            8,
            0,
            6,
            1,
            2,
            2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --ord 1                     | null  | {"1":[43.0]}
          --axis none --ord=-inf,inf  | null  | {"-inf":[0.0],"inf":[12.0]}
          --ord sq2                   | null  | {"sq2":[303.0]}
          --axis 2                    | [2]   | {"2":[5.0,13.0,10.0,3.0]}
          --axis -1                   | [2]   | {"2":[5.0,13.0,10.0,3.0]}
          --axis -1 --ord -1          | [2]   | {"-1":[0.0,0.0,0.0,0.5]}
          --axis=-1 --ord=-1          | [2]   | {"-1":[0.0,0.0,0.0,0.5]}
          --axis 1 --ord 0            | [1]   | {"0":[1.0,2.0,1.0,2.0,1.0,2.0]}
          --axis 0 --ord -inf         | [0]   | {"-inf":[3.0,0.0,0.0,0.0,2.0,2.0]}
          --axis 0 --ord 2,-inf       | [0]   | {"2":[8.54400374531753,4.0,6.0,1.0,5.385164807134504,12.165525060596439],"-inf":[3.0,0.0,0.0,0.0,2.0,2.0]}
          --axis 2 --ord 1,0,1        | [2]   | {"1":[7.0,17.0,14.0,5.0],"0":[2.0,2.0,2.0,3.0]}
          --axis 2 --ord +inf,-INF,Infinity | [2] | {"+inf":[4.0,12.0,8.0,2.0],"-INF":[0.0,0.0,0.0,1.0],"Infinity":[4.0,12.0,8.0,2.0]}
          --axis 1,2 --ord 1e0,+Inf   | [1,2] | {"1e0":[12.0,9.0],"+Inf":[17.0,14.0]}
          --axis 2 --ord 2,2.0,+2     | [2]   | {"2":[5.0,13.0,10.0,3.0],"2.0":[5.0,13.0,10.0,3.0],"+2":[5.0,13.0,10.0,3.0]}
          --axis 1,2                  | [1,2] | {"fro":[13.92838827718412,10.44030650891055]}
          --axis 1,2 --ord 1,inf      | [1,2] | {"1":[12.0,9.0],"inf":[17.0,14.0]}
          --axis 2,1 --ord 1,inf      | [2,1] | {"1":[17.0,14.0],"inf":[12.0,9.0]}
          --axis -2,-1 --ord -1,-inf  | [1,2] | {"-1":[3.0,2.0],"-inf":[7.0,5.0]}
          --axis 0,2 --ord max,sum    | [0,2] | {"max":[8.0,12.0],"sum":[21.0,22.0]}
          --axis 1,2 --ord l21        | [1,2] | {"l21":[21.40312423743285,16.38681306863531]}
          """)
  void isNumpysOrFollowsFromTheDefinition(String words, String axis, String norms) {
    Object[] all = ("norm --backend cpu-scalar --format json " + words + " FILE").split(" ");
    all[all.length - 1] = file.toString();
    Call call = Call.of(all);
    assertEquals(
        ("{\"file\":\"%s\",\"shape\":[2,2,3],\"dtype\":\"float64\",\"axis\":%s,"
                + "\"backend\":\"cpu-scalar\",\"norms\":%s}\n")
            .formatted(file, axis, norms),
        call.out(),
        call::toString);
    assertEquals("", call.err(), call::toString);
    assertEquals(0, call.code(), call::toString);
  }

  @Test
  void ofAnArrayWithoutDimensionsIsItsSize() {
    Path scalar = Npy.doubles(directory.resolve("s.npy"), new long[0], -2.5);
    Call call = Call.of("norm", "--format", "csv", scalar);
    assertEquals("file,ord,index,value\n" + scalar + ",2,0,2.5\n", call.out(), call::toString);
  }

  @Test
  void ofNothingIsZeroOrInfinity() {
    Path empty = Npy.doubles(directory.resolve("e.npy"), new long[] {2, 0});
    Call call = Call.of("norm", "--axis", "1", "--ord", "2,-1", "--format", "json", empty);
    assertEquals(
        "{\"2\":[0.0,0.0],\"-1\":[\"Infinity\",\"Infinity\"]}",
        call.out().replaceAll(".*\"norms\":|}\n", ""),
        call::toString);
  }

  @Test
  void ofNoVectorsIsNoResult() {
    Path empty = Npy.doubles(directory.resolve("e.npy"), new long[] {2, 0});
    Call call = Call.of("norm", "--axis", "0", "--format", "json", empty);
    assertEquals("{\"2\":[]}", call.out().replaceAll(".*\"norms\":|}\n", ""), call::toString);
    assertEquals(0, call.code(), call::toString);
  }
}
