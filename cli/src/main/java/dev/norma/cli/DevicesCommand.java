package dev.norma.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code norma devices}: what there is to compute on, and what to do about what is missing. */
@Command(
    name = "devices",
    description = {
      "Lists the backends: which are available and what they were just measured to do, and why the"
          + " others are not."
    },
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
    List<Device> devices = Device.all();
    if (format == DeviceFormat.JSON) {
      writeJson(devices);
    } else {
      stdout.write(table(devices));
    }
    return Main.DONE;
  }

  /** Returns a line for each backend. */
  static String table(List<Device> devices) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("name", "available", "detail"));
    for (Device device : devices) {
      String available = device.available() ? "yes" : "no";
      rows.add(List.of(device.name(), available, OneLine.of(device.line())));
    }
    return Columns.left(rows);
  }

  private void writeJson(List<Device> devices) throws IOException {
    try (JsonGenerator json = JsonPrinter.generator(stdout)) {
      json.writeStartArray();
      for (Device device : devices) {
        json.writeStartObject();
        json.writeStringField("name", device.name());
        json.writeBooleanField("available", device.available());
        json.writeStringField("detail", device.detail());
        for (Map.Entry<String, Double> number : device.numbers().entrySet()) {
          json.writeNumberField(number.getKey(), number.getValue());
        }
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeRaw('\n');
    }
  }
}
