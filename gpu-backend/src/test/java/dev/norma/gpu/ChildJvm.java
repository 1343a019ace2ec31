package dev.norma.gpu;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program of the tests in a Java of its own, as drivers look at the environment of the process
 * once.
 */
public final class ChildJvm {
  /** How it ended, and all that it and its drivers wrote. */
  public record Result(int code, String output) {}

  private final List<String> flags = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private String classPath = System.getProperty("java.class.path");

  private ChildJvm() {}

  /** Makes a Java that may call native code. */
  public static ChildJvm allowed() {
    return new ChildJvm().with("--enable-native-access=ALL-UNNAMED");
  }

  /** Makes a Java that may not call native code. */
  public static ChildJvm denied() {
    return new ChildJvm().with("--illegal-native-access=deny");
  }

  /** Adds an option of Java. */
  public ChildJvm with(String flag) {
    flags.add(flag);
    return this;
  }

  /** Sets a variable of the environment. */
  public ChildJvm with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Takes a library from the class path, by a part of the name of its file. */
  public ChildJvm without(String library) {
    classPath =
        Stream.of(classPath.split(File.pathSeparator))
            .filter(entry -> !Path.of(entry).getFileName().toString().contains(library))
            .collect(Collectors.joining(File.pathSeparator));
    return this;
  }

  /** Runs a program to its end. */
  public Result run(Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-ea", "-cp", classPath));
    command.add(program.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }
}
