package dev.norma.cli;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs {@code norma} and turns whatever happens into an exit code and lines to read. */
public final class Main {
  /** The exit code where everything was done. */
  static final int DONE = 0;

  /** The exit code where a file or a device failed. */
  static final int FAILED = 1;

  /** The exit code where the words of the call are off. */
  static final int USAGE = 2;

  private final StandardOutput out;
  private final PrintStream err;

  private Main(OutputStream stdout, PrintStream err) {
    this.out = new StandardOutput(stdout);
    this.err = err;
  }

  /** Runs a command line and ends the JVM with its exit code. */
  public static void main(String[] args) {
    // The libraries that log in this way are not heard either, see Silence.
    System.setProperty("java.util.logging.config.class", Silence.class.getName());
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    System.exit(run(args, new FileOutputStream(FileDescriptor.out), err));
  }

  /** Runs a command line and returns its exit code. All text is written as UTF-8. */
  static int run(String[] args, OutputStream stdout, PrintStream err) {
    return new Main(stdout, err).run(args);
  }

  private int run(String[] args) {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    PrintWriter printer = new PrintWriter(writer);
    int code = execute(commandLine(writer, printer), args);
    printer.flush();
    return out.failure().map(this::unwritten).orElse(code);
  }

  private CommandLine commandLine(Writer writer, PrintWriter printer) {
    return new CommandLine(new RootCommand())
        .addSubcommand(new NormCommand(writer, err))
        .addSubcommand(new GradCommand(err))
        .addSubcommand(new DevicesCommand(writer, err))
        .addSubcommand(new CheckCommand(writer, err))
        .addSubcommand(new AutoComplete.GenerateCompletion())
        .setOut(printer)
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .setColorScheme(Help.defaultColorScheme(Ansi.OFF))
        .setExpandAtFiles(false)
        .setParameterExceptionHandler((e, args) -> refused(e))
        .setExecutionExceptionHandler((e, command, result) -> failed(e));
  }

  private int execute(CommandLine line, String[] args) {
    try {
      return line.execute(args);
    } catch (Error e) {
      return failed(e);
    }
  }

  private int refused(ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    Failure.print(err, reason(e) + " (see " + command + " --help)");
    return USAGE;
  }

  private static String reason(ParameterException e) {
    boolean command = !e.getCommandLine().getSubcommands().isEmpty();
    return command
            && e instanceof UnmatchedArgumentException unmatched
            && !unmatched.isUnknownOption()
        ? "unknown command '" + unmatched.getUnmatched().get(0) + "'"
        : e.getMessage();
  }

  private int failed(Throwable e) {
    if (out.failure().isEmpty()) {
      Failure.print(err, Failure.reason(e));
    }
    return FAILED;
  }

  /** Says that the results could not be written, unless their reader has just had enough. */
  private int unwritten(IOException e) {
    String reason = Failure.reason(e);
    if (!reason.contains("Broken pipe")) {
      Failure.print(err, "standard output: " + reason);
    }
    return FAILED;
  }
}
