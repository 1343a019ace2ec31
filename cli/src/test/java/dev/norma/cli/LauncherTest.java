package dev.norma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** bin/norma in a project of empty files, with a Java that prints its arguments. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "bin/norma is for bash")
class LauncherTest {
  @TempDir Path directory;
  private Path project;
  private Path tools;
  private Path home;

  private record Result(int code, String out) {}

  @BeforeEach
  void makeProject() throws IOException {
    project = Files.createDirectories(directory.resolve("a project"));
    tools = Files.createDirectories(directory.resolve("tools"));
    home = Files.createDirectories(directory.resolve("home"));
    Files.createDirectories(project.resolve("bin"));
    Files.copy(Path.of("../bin/norma"), project.resolve("bin/norma"));
    Files.createDirectories(project.resolve("cli/target"));
    write(project.resolve("pom.xml"), "");
    write(project.resolve("cli/pom.xml"), "");
    write(project.resolve("cli/src/main/java/A.java"), "");
    write(project.resolve("cli/target/norma-cli.jar"), "");
    write(project.resolve("cli/target/norma.classpath"), "lib/a.jar:lib/b.jar");
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void program(Path file, String text) throws IOException {
    write(file, "#!/bin/sh\n" + text);
    assertTrue(file.toFile().setExecutable(true), () -> file + " cannot be made executable");
  }

  /** Makes a Java of some version, which prints where it is and what it is given. */
  private Path java(Path java, String version) throws IOException {
    program(java.resolve("bin/java"), "echo \"$0\"; for a; do echo \"<$a>\"; done; exit 7\n");
    write(
        java.resolve("release"), "IMPLEMENTOR=\"A\"\nJAVA_VERSION=\"" + version + "\"\nOS=\"B\"\n");
    return java;
  }

  private Result run(Path launcher, String javaHome, String... words)
      throws IOException, InterruptedException {
    return run(List.of("bash", launcher.toString()), javaHome, words);
  }

  private Result run(List<String> launcher, String javaHome, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(launcher);
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(directory.toFile());
    builder.environment().put("JAVA_HOME", javaHome);
    builder.environment().put("HOME", home.toString());
    builder
        .environment()
        .merge("PATH", tools.toString(), (old, now) -> now + File.pathSeparator + old);
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), out);
  }

  private Path launcher() {
    return project.resolve("bin/norma");
  }

  @Test
  void passesWordsAndExitCodeThrough() throws Exception {
    Path java = java(directory.resolve("jdk"), "25.0.1");
    Result result = run(launcher(), java.toString(), "norm", "a b", "", "*", "--ord", "-inf");
    assertEquals(7, result.code, result::toString);
    String target = project.toRealPath().resolve("cli/target").toString();
    assertTrue(
        result.out.endsWith(
            "<-cp>\n<T/norma-cli.jar:T/lib/a.jar:T/lib/b.jar>\n<dev.norma.cli.Main>\n"
                    .replace("T", target)
                + "<norm>\n<a b>\n<>\n<*>\n<--ord>\n<-inf>\n"),
        result::toString);
    assertTrue(result.out.contains("<--add-modules>\n<jdk.incubator.vector>\n"), result::toString);
    assertFalse(result.out.contains("norma.columns"), result::toString);
  }

  @Test
  void findsItsProjectThroughLinks() throws Exception {
    Path java = java(directory.resolve("jdk"), "25");
    Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("a project/bin/norma"));
    Path second = Files.createSymbolicLink(tools.resolve("second"), link);
    Result result = run(second, java.toString(), "x");
    assertEquals(7, result.code, result::toString);
    assertTrue(result.out.contains(project.toRealPath() + "/cli/target/norma-cli.jar"));
  }

  @Test
  void takesJavaFromThePathWhereJavaHomeIsTooOld() throws Exception {
    Path old = java(directory.resolve("old"), "17.0.2");
    Path java = java(directory.resolve("jdk"), "26-ea");
    Files.createSymbolicLink(tools.resolve("java"), java.resolve("bin/java"));
    Result result = run(launcher(), old.toString(), "x");
    assertTrue(result.out.startsWith(java.toRealPath() + "/bin/"), result::toString);
  }

  @Test
  void takesJavaFromThePathWhereThereIsNoJavaHome() throws Exception {
    Path java = java(directory.resolve("jdk"), "25");
    Files.createSymbolicLink(tools.resolve("java"), java.resolve("bin/java"));
    Result result = run(launcher(), "", "x");
    assertTrue(result.out.startsWith(java.toRealPath() + "/bin/"), result::toString);
  }

  /** Whether /bin/java is new enough is up to the machine, so that only the trace tells. */
  @Test
  void doesNotTakeNoHomeForTheRootDirectory() throws Exception {
    Path old = java(directory.resolve("old"), "17");
    Files.createSymbolicLink(tools.resolve("java"), old.resolve("bin/java"));
    java(home.resolve(".sdkman/candidates/java/a"), "998");
    Result result = run(List.of("bash", "-x", launcher().toString()), "", "x");
    assertTrue(result.out.contains(" -x " + home), result::toString);
    assertFalse(result.out.contains(" -x /bin/java "), result::toString);
  }

  @Test
  void takesTheNewestJavaOtherwise() throws Exception {
    Path old = java(directory.resolve("old"), "1.8.0_292");
    Files.createSymbolicLink(tools.resolve("java"), old.resolve("bin/java"));
    Path candidates = home.resolve(".sdkman/candidates/java");
    java(candidates.resolve("9"), "9.0.4");
    java(candidates.resolve("a"), "998.0.9");
    java(candidates.resolve("b"), "1000.0.1");
    java(candidates.resolve("c"), "999.5");
    Result result = run(launcher(), "", "x");
    assertTrue(result.out.startsWith(candidates.resolve("b") + "/bin/java\n"), result::toString);
  }

  /** Makes a Maven that notes each build down and then runs more commands. */
  private void maven(String commands) throws IOException {
    program(
        tools.resolve("mvn"),
        "echo built >>builds; cd 'a project/cli'; touch target/norma-cli.jar; "
            + commands
            + "\ntouch target/norma.classpath\n");
  }

  private void assertBuilds(int count) throws Exception {
    Result result = run(launcher(), java(directory.resolve("jdk"), "25").toString(), "x");
    assertEquals(7, result.code, result::toString);
    Path builds = directory.resolve("builds");
    assertEquals(count, Files.exists(builds) ? Files.readAllLines(builds).size() : 0, "builds");
  }

  @Test
  void buildsWhereItMust() throws Exception {
    maven("");
    assertBuilds(0);
    Path built = project.resolve("cli/target/norma.classpath");
    Instant written = Files.getLastModifiedTime(project.resolve("pom.xml")).toInstant();
    Files.setLastModifiedTime(built, FileTime.from(written.minusSeconds(3)));
    assertBuilds(1);
    assertBuilds(1);
    Files.delete(project.resolve("cli/target/norma-cli.jar"));
    assertBuilds(2);
    assertBuilds(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"api", "conformance", "cpu-backend", "formats", "kernels", "gpu-backend"})
  void buildsWhereAModuleChanged(String module) throws Exception {
    maven("");
    write(project.resolve(module + "/src/main/java/B.java"), "");
    FileTime before = FileTime.from(Instant.now().minusSeconds(3));
    for (String old : List.of("pom.xml", "cli/pom.xml", "cli/src/main", "cli/src/main/java")) {
      Files.setLastModifiedTime(project.resolve(old), FileTime.fromMillis(0));
    }
    Files.setLastModifiedTime(project.resolve("cli/src/main/java/A.java"), FileTime.fromMillis(0));
    Files.setLastModifiedTime(project.resolve("cli/target/norma.classpath"), before);
    assertBuilds(1);
    assertBuilds(1);
  }

  @Test
  void buildsAgainWhatWasEditedDuringTheBuild() throws Exception {
    // File times move in ticks: only a later one tells the edit from the start of the build.
    String edited = "src/main/java/A.java";
    maven("touch begun; until [ %1$s -nt begun ]; do touch %1$s; done".formatted(edited));
    Files.delete(project.resolve("cli/target/norma-cli.jar"));
    assertBuilds(1);
    assertBuilds(2);
  }

  @Test
  void showsWhyABuildFailed() throws Exception {
    String java = java(directory.resolve("jdk"), "25").toString();
    program(tools.resolve("mvn"), "echo what is wrong; exit 1\n");
    Files.delete(project.resolve("cli/target/norma.classpath"));
    Result result = run(launcher(), java, "x");
    assertEquals(1, result.code, result::toString);
    assertEquals(
        "what is wrong\nnorma: the build failed; all that it said is in "
            + project.toRealPath()
            + "/cli/target/norma-build.log\n",
        result.out);
  }
}
