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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is what happens. */
class ReadmeTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  @TempDir Path classes;

  @Test
  void theProgramCompilesAndPrintsItsNorms() throws Exception {
    compile(block("```java\n(.*?)```"));
    assertEquals("5.0 13.0 on cpu-simd\n3 17.0 0.0\n13.92838827718412\n", run("Example"));
  }

  @Test
  void theLinesForDevicesCompile() throws Exception {
    compile(
        "import dev.norma.*; public class Example { public static void main(float[] data) { "
            + block("## On a device\n.*?```java\n(.*?)```")
            + "}}");
  }

  @Test
  void theFirstCommandPrintsWhatIsShown() throws IOException {
    String words = block("bin/norma (norm --ord 2,inf [^\n]*?) +#");
    String shown = block("The first prints\n\n```\n(.*?)```");
    String[] args = words.replace("samples/", ROOT.resolve("samples") + "/").split(" ");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Main.run(args, new PrintStream(out, true, StandardCharsets.UTF_8), print(err));
    assertEquals("", err.toString(StandardCharsets.UTF_8));
    assertEquals(0, code);
    assertEquals(shown, out.toString(StandardCharsets.UTF_8).replace(ROOT + "/", ""));
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  private static String block(String pattern) throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(readme);
    assertTrue(matcher.find(), "README.md has no " + pattern);
    return matcher.group(1);
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
        List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
    assertTrue(
        compiler.getTask(null, null, null, options, null, List.of(file)).call(),
        "the program does not compile");
  }

  private String run(String main) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    URL[] urls = {classes.toUri().toURL()};
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
