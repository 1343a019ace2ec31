package dev.norma.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code norma} without a command: it can only tell of those that there are. */
@Command(
    name = "norma",
    description = "Norms of many vectors and matrices at once.",
    synopsisSubcommandLabel = "COMMAND",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = RootCommand.Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  norma norm --axis 1 --ord 2,inf a.npy   two norms of each row",
      "  norma devices                           what there is to compute on",
      "  norma check                             whether it computes right on this machine",
      "  source <(norma generate-completion)     completion for this shell"
    })
final class RootCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** Reads the version that the build wrote down. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      try (InputStream version = RootCommand.class.getResourceAsStream("version.txt")) {
        return new String[] {new String(version.readAllBytes(), StandardCharsets.UTF_8).strip()};
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing: norm, devices, check or generate-completion");
  }
}
