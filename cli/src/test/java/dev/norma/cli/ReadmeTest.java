package dev.norma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.Batch;
import dev.norma.Norm;
import dev.norma.Norma;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is what happens. */
class ReadmeTest {
  @TempDir Path directory;

  /** Where there is a device, auto would not say that the CPU runs. */
  @BeforeEach
  void computeOnTheCpu() {
    System.setProperty("norma.backend", "cpu-simd");
  }

  @AfterEach
  void clear() {
    System.clearProperty("norma.backend");
  }

  @Test
  void theProgramCompilesAndPrintsItsNorms() throws Exception {
    compile(Readme.block("```java\n(.*?)```"));
    assertEquals("5.0 13.0 on cpu-simd\n3 17.0 0.0\n13.92838827718412\n", run("Example"));
  }

  @Test
  void theLinesForDevicesCompile() throws Exception {
    compile(
        "import dev.norma.*; public class Example { public static void main(float[] data) { "
            + Readme.block("## On a device\n.*?```java\n(.*?)```")
            + "}}");
  }

  @Test
  void theTrainingStepCompilesAndClips() throws Exception {
    compile(Readme.block("## Gradients\n.*?```java\n(.*?)```"));
    assertEquals("50.50000076293948 2.94 3.92 1.0\n", run("TrainingStep"));
  }

  /** What the table says of Norma. */
  @Test
  void theConventionsAreThoseOfTheTable() throws IOException {
    String table = Readme.block("(\\| an element 0, L1 .*?)\n\n");
    try (Norma norma = Norma.open()) {
      for (String line : table.lines().toList()) {
        String[] cells = line.split(" *\\| *", -1);
        assertEquals(cells[2], convention(norma, cells[1]), line);
      }
    }
  }

  private static String convention(Norma norma, String at) {
    return switch (at) {
      case "an element 0, L1" -> gradient(norma, Norm.L1, 0, 3)[0] == 0 ? "0" : "other";
      case "the zero vector, L2" -> gradient(norma, Norm.L2, 0, 0)[0] == 0 ? "0" : "other";
      case "k equal largest elements, L∞" ->
          gradient(norma, Norm.LINF, 2, -2, 1)[1] == -0.5 ? "1/k each" : "other";
      case "an element 0, 0 < p < 1" -> gradient(norma, Norm.lp(0.5), 0, 3)[0] == 0 ? "0" : "other";
      case "L0" -> gradient(norma, Norm.L0, 1, 2)[1] == 0 ? "0" : "other";
      case "an infinite element, L2" ->
          Double.isNaN(gradient(norma, Norm.L2, Double.POSITIVE_INFINITY, 1)[1])
              ? "NaN throughout"
              : "other";
      case "squares that overflow a float, L2" -> {
        float[] x = {3e30f, 4e30f};
        norma.gradients().gradient(Norm.L2, Batch.of(x), Batch.of(x));
        yield Math.abs(x[0] - 0.6f) < 1e-7f && Math.abs(x[1] - 0.8f) < 1e-7f ? "right" : "other";
      }
      case "the Hessian at the zero vector, L2" -> {
        double[] out = {1};
        norma.gradients().hvp(Norm.L2, Batch.of(0.0), Batch.of(2.0), Batch.of(out));
        yield out[0] == 0 ? "0" : "other";
      }
      default -> "no such case";
    };
  }

  private static double[] gradient(Norma norma, Norm norm, double... x) {
    norma.gradients().gradient(norm, Batch.of(x), Batch.of(x));
    return x;
  }

  @Test
  void theFirstCommandPrintsWhatIsShown() throws IOException {
    String words = Readme.block("bin/norma (norm --ord 2,inf [^\n]*?) +#");
    String shown = Readme.block("The first prints\n\n```\n(.*?)```");
    Call call = Call.of(Readme.words(words).toArray());
    assertEquals("", call.err(), call::toString);
    assertEquals(0, call.code(), call::toString);
    assertEquals(shown, call.out().replace(Readme.ROOT + "/", ""));
  }

  @Test
  void theOtherCommandsRun() throws IOException {
    String commands = Readme.block("## On the command line\n.*?```sh\n(.*?)```");
    List<String> lines =
        commands.lines().filter(line -> line.matches("bin/norma (norm|grad) .*")).toList();
    assertEquals(3, lines.size(), commands);
    for (String line : lines) {
      String words = line.replace("bin/norma ", "").replace(" -o ", " -o " + directory + "/");
      Call call = Call.of(Readme.words(words).toArray());
      assertEquals("", call.err(), call::toString);
      assertEquals(0, call.code(), call::toString);
      assertEquals(line.contains(" -o "), call.out().isEmpty(), call::toString);
    }
    assertTrue(Files.exists(directory.resolve("norms.npy")), "norms.npy");
    assertTrue(Files.exists(directory.resolve("gradient.npy")), "gradient.npy");
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  private static String name(String source) {
    return source.replaceFirst("(?s).*public class (\\w+).*", "$1");
  }

  private void compile(String source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    SimpleJavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///" + name(source) + ".java"), SimpleJavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    List<String> options =
        List.of("-d", directory.toString(), "-cp", System.getProperty("java.class.path"));
    assertTrue(
        compiler.getTask(null, null, null, options, null, List.of(file)).call(),
        "the program does not compile");
  }

  private String run(String main) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    URL[] urls = {directory.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader())) {
      System.setOut(print(out));
      Class<?> program = loader.loadClass(main);
      program.getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(before);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
