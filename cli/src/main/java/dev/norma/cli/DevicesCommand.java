package dev.norma.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.norma.Norma;
import dev.norma.spi.Probe;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code norma devices}: what there is to compute on, and what to do about what is missing. */
@Command(
    name = "devices",
    description = "Lists the backends: which are available, and why the others are not.",
    footerHeading = "%nExamples:%n",
    footer = {"  norma devices", "  norma devices --format json"})
final class DevicesCommand implements Callable<Integer> {
  /** The formats of the list. */
  enum DeviceFormat {
    TABLE,
    JSON;

    /** Reads the word for a format. */
    static final class Converter extends WordConverter<DeviceFormat> {
      Converter() {
        super(values());
      }
    }

    /** Returns the word for this format on the command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Writer stdout;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      converter = DeviceFormat.Converter.class,
      description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
  private DeviceFormat format;

  DevicesCommand(Writer stdout) {
    this.stdout = stdout;
  }

  @Override
  public Integer call() throws IOException {
    List<Probe> probes = Norma.backends();
    if (format == DeviceFormat.JSON) {
      writeJson(probes);
    } else {
      stdout.write(table(probes));
    }
    return Main.DONE;
  }

  /** Returns a line for each backend. */
  static String table(List<Probe> probes) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("name", "available", "detail"));
    for (Probe probe : probes) {
      String available = probe.available() ? "yes" : "no";
      rows.add(List.of(probe.name(), available, OneLine.of(probe.detail())));
    }
    return Columns.left(rows);
  }

  private void writeJson(List<Probe> probes) throws IOException {
    try (JsonGenerator json = JsonPrinter.generator(stdout)) {
      json.writeStartArray();
      for (Probe probe : probes) {
        json.writeStartObject();
        json.writeStringField("name", probe.name());
        json.writeBooleanField("available", probe.available());
        json.writeStringField("detail", probe.detail());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeRaw('\n');
    }
  }
}
