package dev.norma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    List<String> norms =
        commands.lines().filter(line -> line.startsWith("bin/norma norm ")).toList();
    assertEquals(2, norms.size(), commands);
    for (String line : norms) {
      String out = " -o " + directory.resolve("norms.npy");
      String words = line.replace("bin/norma ", "").replace(" -o norms.npy", out);
      Call call = Call.of(Readme.words(words).toArray());
      assertEquals("", call.err(), call::toString);
      assertEquals(0, call.code(), call::toString);
      assertEquals(line.contains(" -o "), call.out().isEmpty(), call::toString);
    }
    assertTrue(Files.exists(directory.resolve("norms.npy")), "norms.npy");
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  private void compile(String source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    SimpleJavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///Example.java"), SimpleJavaFileObject.Kind.SOURCE) {
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
