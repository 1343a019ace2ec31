package dev.norma.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
  private final PrintStream err;

  @Spec private CommandSpec spec;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      converter = DeviceFormat.Converter.class,
      description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
  private DeviceFormat format;

  DevicesCommand(Writer stdout, PrintStream err) {
    this.stdout = stdout;
    this.err = err;
  }

  @Override
  public Integer call() throws IOException {
    List<Device> devices = Device.all();
    checkSettings(devices);
    if (format == DeviceFormat.JSON) {
      writeJson(devices);
    } else {
      stdout.write(table(devices));
    }
    stdout.flush();
    return tell(devices);
  }

  /** A backend cannot be opened where a setting of it makes no sense, which is no failure of it. */
  private void checkSettings(List<Device> devices) {
    for (Device device : devices) {
      device
          .failure()
          .filter(IllegalArgumentException.class::isInstance)
          .ifPresent(
              e -> {
                throw new ParameterException(spec.commandLine(), e.getMessage(), e);
              });
    }
  }

  /** Says which devices failed, and returns the exit code. */
  private int tell(List<Device> devices) {
    int code = Main.DONE;
    for (Device device : devices) {
      if (device.failure().isPresent()) {
        String reason = Device.reason(device.name(), device.failure().get());
        Failure.print(err, device.name() + ": " + reason);
        code = Main.FAILED;
      }
    }
    return code;
  }

  /** Returns a line for each backend. */
  static String table(List<Device> devices) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("name", "available", "detail"));
    for (Device device : devices) {
      String available = device.available() ? "yes" : "no";
      rows.add(List.of(device.name(), available, OneLine.of(device.detail())));
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
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeRaw('\n');
    }
  }
}
