package dev.norma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is printed, to the last character. */
class FormatTest {
  @TempDir Path directory;

  private Path file(String name, long[] shape, double... values) {
    return Npy.doubles(directory.resolve(name), shape, values);
  }

  private static String norm(Object... words) {
    Object[] all = new Object[words.length + 3];
    all[0] = "norm";
    all[1] = "--backend";
    all[2] = "cpu-scalar";
    System.arraycopy(words, 0, all, 3, words.length);
    Call call = Call.of(all);
    assertEquals(0, call.code(), call::toString);
    assertEquals("", call.err(), call::toString);
    return call.out();
  }

  @Test
  void tableOfOneResultIsALine() {
    Path a = file("a.npy", new long[] {1, 2}, 3, -4);
    Path b = file("b.npy", new long[0], -1);
    assertEquals(
        a
            + ": float64 (1, 2), axis none, cpu-scalar: 2 = 5.0, inf = 4.0\n"
            + b
            + ": float64 (), axis none, cpu-scalar: 2 = 1.0, inf = 1.0\n",
        norm("--ord", "2,inf", a, b));
  }

  @Test
  void tableOfFewResultsHasThemAll() {
    Path a = file("a.npy", new long[] {2, 2}, 3, -4, 0, 1e-3);
    String table =
        a
            + ": float64 (2, 2), axis 1, cpu-scalar\n"
            + "index      2  -inf\n"
            + "    0    5.0   3.0\n"
            + "    1  0.001   0.0\n";
    assertEquals(table + "\n" + table, norm("--axis", "-1", "--ord", "2,-inf", a, a));
  }

  @Test
  void tableOfManyResultsSumsThemUp() {
    double[] values = new double[32];
    values[3] = -48;
    Path many = file("many.npy", new long[] {32, 1}, values);
    assertEquals(
        many
            + ": float64 (32, 1), axis 1, cpu-scalar\n"
            + "ord  count  min     mean   max\n"
            + "  2     32  0.0      1.5  48.0\n"
            + "  0     32  0.0  0.03125   1.0\n"
            + "(--format csv or json prints all results)\n",
        norm("--axis", "1", "--ord", "2,0", many));
  }

  @Test
  void tableSaysThatThereIsNoResult() {
    Path empty = file("e.npy", new long[] {0, 3});
    assertEquals(
        empty + ": float64 (0, 3), axis 1, cpu-scalar: no results\n", norm("--axis", "1", empty));
  }

  @Test
  void tableShowsControlCharactersOfNamesAsEscapes() {
    Path odd = file("a\n\u001b[1mb.npy", new long[0], 1);
    assertEquals(
        odd.toString().replace("\n", "\\n").replace("\u001b", "\\u001b")
            + ": float64 (), axis none, cpu-scalar: 2 = 1.0\n",
        norm(odd));
  }

  @Test
  void csvHasALineForEachResult() {
    Path a = file("a.npy", new long[] {2, 2}, 3, -4, Double.NaN, 0);
    Path b = file("b.npy", new long[] {1, 1}, Double.NEGATIVE_INFINITY);
    assertEquals(
        """
        file,ord,index,value
        A,2,0,5.0
        A,2,1,NaN
        A,inf,0,4.0
        A,inf,1,NaN
        B,2,0,Infinity
        B,inf,0,Infinity
        """
            .replace("A", a.toString())
            .replace("B", b.toString()),
        norm("--format", "csv", "--axis", "1", "--ord", "2,inf", a, b));
  }

  @Test
  void csvQuotesNames() {
    Path quote = file("say \"a,b\".npy", new long[0], 1);
    Path line = file("a\nb.npy", new long[0], 1);
    String in = directory.toString();
    assertEquals(
        "file,ord,index,value\n\""
            + in
            + "/say \"\"a,b\"\".npy\",2,0,1.0\n\""
            + in
            + "/a\nb.npy\",2,0,1.0\n",
        norm("--format", "csv", quote, line));
  }

  @Test
  void jsonHasALineForEachFile() {
    Path a = file("a \"b\" ü.npy", new long[] {1, 3}, 1, 2, 2);
    assertEquals(
        """
        {"file":"A","shape":[1,3],"dtype":"float64","axis":[0,1],"backend":"cpu-scalar","norms":{"fro":[3.0],"1":[2.0]}}
        {"file":"A","shape":[1,3],"dtype":"float64","axis":[0,1],"backend":"cpu-scalar","norms":{"fro":[3.0],"1":[2.0]}}
        """
            .replace("A", a.toString().replace("\"", "\\\"")),
        norm("--format", "json", "--axis", "0,1", "--ord", "fro,1", a, a));
  }

  @Test
  void jsonNumbersRoundTripAndOthersAreStrings() {
    Path column =
        file(
            "column.npy",
            new long[] {6, 1},
            0.1 + 0.2,
            Double.MIN_VALUE,
            -Double.MAX_VALUE,
            Double.NaN,
            Double.NEGATIVE_INFINITY,
            -0.0);
    String json = norm("--format", "json", "--axis", "1", "--ord", "inf", column);
    assertTrue(
        json.endsWith(
            "\"norms\":{\"inf\":[0.30000000000000004,4.9E-324,1.7976931348623157E308,"
                + "\"NaN\",\"Infinity\",0.0]}}\n"),
        json);
  }

  @Test
  void dtypeIsNumpysName() {
    byte[] floats =
        ByteBuffer.allocate(8).order(ByteOrder.BIG_ENDIAN).putFloat(3).putFloat(-4).array();
    assertEquals("float32", dtype(Npy.raw(directory.resolve("f.npy"), ">f4", "(2,)", floats)));
    assertEquals("int8", dtype(Npy.raw(directory.resolve("i.npy"), "|i1", "(2,)", bytes(3, -4))));
    assertEquals("bool", dtype(Npy.raw(directory.resolve("b.npy"), "|b1", "(2,)", bytes(0, 1))));
  }

  private static byte[] bytes(int first, int second) {
    return new byte[] {(byte) first, (byte) second};
  }

  private static String dtype(Path file) {
    return norm("--format", "json", file).replaceAll(".*\"dtype\":\"([^\"]*)\".*\n", "$1");
  }
}
