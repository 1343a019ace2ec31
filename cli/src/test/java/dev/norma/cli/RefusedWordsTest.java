package dev.norma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Words that are off are refused with exit code 2 before any file is read: none of these exists.
 */
class RefusedWordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          norm --ord foo missing.npy                     | ord: unknown word 'foo'
          norm --ord nan missing.npy                     | ord: unknown word 'nan'
          norm --ord 2, missing.npy                      | ord: unknown word ''
          norm --ord 1e999 missing.npy                   | outside of the range of a double
          norm --ord 2 --ord 1 missing.npy               | '--ord'
          norm --ord fro missing.npy                     | 'fro' is a norm of matrices and needs two axes
          norm --ord fro --axis 0 missing.npy            | 'fro' is a norm of matrices and needs two axes
          norm --ord 2,nuc missing.npy                   | 'nuc' is a norm of matrices
          norm --ord max missing.npy                     | 'max' is a norm of matrices
          norm --ord sum --axis -1 missing.npy           | 'sum' is a norm of matrices
          norm --ord l21 --axis none missing.npy         | 'l21' is a norm of matrices
          norm --ord schatten:2 missing.npy              | 'schatten:2' is a norm of matrices
          norm --ord sq2 --axis 0,1 missing.npy          | 'sq2' is no matrix norm
          norm --ord 3 --axis 0,1 missing.npy            | '3' is no matrix norm
          norm --ord 0 --axis 0,1 missing.npy            | '0' is no matrix norm
          norm --ord fro,2 --axis 0,1 missing.npy        | '2' needs singular values, which are not computed yet
          norm --ord -2 --axis 0,1 missing.npy           | '-2' needs singular values
          norm --ord nuc --axis 0,1 missing.npy          | 'nuc' needs singular values
          norm --ord schatten:3 --axis 0,1 missing.npy   | 'schatten:3' needs singular values
          norm --ord schatten:inf --axis 0,1 missing.npy | 'schatten:inf' needs singular values
          norm --ord schatten: --axis 0,1 missing.npy    | 'schatten:' needs a number greater than 0, or inf
          norm --ord schatten:0 --axis 0,1 missing.npy   | 'schatten:0' needs a number greater than 0, or inf
          norm --ord schatten:-1 --axis 0,1 missing.npy  | 'schatten:-1' needs a number greater than 0
          norm --ord schatten:-inf --axis 0,1 missing.npy | 'schatten:-inf' needs a number greater than 0
          norm --ord schatten:sq2 --axis 0,1 missing.npy | 'schatten:sq2' needs a number greater than 0
          norm --axis x missing.npy                      | axis: 'x'
          norm --axis 1.0 missing.npy                    | axis: '1.0'
          norm --axis 0,1,2 missing.npy                  | axis: '0,1,2'
          norm --axis 0, missing.npy                     | axis: '0,'
          norm --axis= missing.npy                       | axis: ''
          norm --axis 0,0 missing.npy                    | axis: '0,0' names one axis twice
          norm --axis -1,-1 missing.npy                  | axis: '-1,-1' names one axis twice
          norm --axis 99999999999,99999999999 missing.npy | axis: '99999999999,99999999999' names one axis twice
          norm --axis 0 --axis 1 missing.npy             | '--axis'
          norm --backend gpu missing.npy                 | backend: unknown name 'gpu'
          norm --backend= missing.npy                    | backend: unknown name ''
          norm --format xml missing.npy                  | 'xml' is none of table, csv, json
          norm --format JSON missing.npy                 | 'JSON' is none of table, csv, json
          norm -o a.npy --ord 1,2 missing.npy            | -o takes one ord and one FILE, not 2 and 1
          norm -o a.npy missing.npy other.npy            | -o takes one ord and one FILE, not 1 and 2
          norm --no-such missing.npy                     | Unknown option: '--no-such'
          norm -x missing.npy                            | Unknown option: '-x'
          norm missing.npy --ord                         | '--ord'
          norm                                           | FILE
          devices --format csv                           | 'csv' is none of table, json
          devices word                                   | 'word'
          check --backend gpu                            | backend: unknown name 'gpu'
          check --backend=                               | backend: unknown name ''
          check word                                     | 'word'
          check -o                                       | '-o'
          grad --ord foo -o a.npy missing.npy            | ord: unknown word 'foo'
          grad --ord 1,2 -o a.npy missing.npy            | ord: '1,2' are 2 norms; grad takes one
          grad --ord fro -o a.npy missing.npy            | 'fro' is a norm of matrices and needs two axes
          grad --ord nuc --axis 0,1 -o a.npy missing.npy | 'nuc' needs singular values
          grad --ord 2 --axis 0,0 -o a.npy missing.npy   | axis: '0,0' names one axis twice
          grad --ord 2 --backend gpu -o a.npy missing.npy | backend: unknown name 'gpu'
          grad --ord 2 missing.npy                       | Missing required option: '-o=OUT.npy'
          grad -o a.npy missing.npy                      | Missing required option: '--ord=ORD'
          grad --ord 2 -o a.npy                          | Missing required parameter: 'FILE'
          grad --ord 2 -o a.npy missing.npy other.npy    | 'other.npy'
          grad --ord 2 --format json -o a.npy missing.npy | '--format'
          gard --ord 2 -o a.npy missing.npy              | unknown command 'gard'
          --no-such                                      | Unknown option: '--no-such'
          """)
  void isExplainedInOneLine(String line, String reason) {
    Call call = Call.of((Object[]) line.split(" "));
    assertEquals(2, call.code(), () -> "exit code of " + call);
    assertEquals("", call.out(), () -> "standard output of " + call);
    assertTrue(call.err().matches("norma: [^\n]*\n"), () -> "one line is expected of " + call);
    assertTrue(call.err().contains(reason), () -> "'" + reason + "' is expected of " + call);
  }

  @Test
  void aMissingCommandIsOne() {
    assertEquals(
        "norma: a command is missing: norm, devices, check or generate-completion (see norma --help)\n",
        Call.of().err());
    assertEquals(2, Call.of().code());
  }

  @Test
  void lineBreaksInWordsDoNotBreakTheLine() {
    Call call = Call.of("norm", "--ord", "a\nb", "missing.npy");
    assertEquals(2, call.code());
    assertTrue(call.err().startsWith("norma: ord: unknown word 'a\\nb'"), call::toString);
    assertEquals(1, call.err().lines().count(), call::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"norm missing.npy", "devices", "devices --format json"})
  void aSettingThatMakesNoSenseIsOne(String line) {
    System.setProperty("norma.threads", "many");
    try {
      Call call = Call.of((Object[]) line.split(" "));
      assertEquals("", call.out(), call::toString);
      assertEquals(2, call.code(), call::toString);
      assertTrue(call.err().matches("norma: norma.threads[^\n]*many[^\n]*\n"), call::toString);
    } finally {
      System.clearProperty("norma.threads");
    }
  }
}
