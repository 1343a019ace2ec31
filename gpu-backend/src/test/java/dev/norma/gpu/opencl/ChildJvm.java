package dev.norma.gpu.opencl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A program of the tests in a Java of its own, as drivers look at the environment of the process
 * once.
 */
final class ChildJvm {
  /** How it ended, and all that it and its drivers wrote. */
  record Result(int code, String output) {}

  private final List<String> flags = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();

  private ChildJvm() {}

  /** Makes a Java that may call native code. */
  static ChildJvm allowed() {
    return new ChildJvm().with("--enable-native-access=ALL-UNNAMED");
  }

  /** Makes a Java that may not call native code. */
  static ChildJvm denied() {
    return new ChildJvm().with("--illegal-native-access=deny");
  }

  /** Adds an option of Java. */
  ChildJvm with(String flag) {
    flags.add(flag);
    return this;
  }

  /** Sets a variable of the environment. */
  ChildJvm with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Runs a program to its end. */
  Result run(Class<?> program, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-ea", "-cp", System.getProperty("java.class.path")));
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
