package dev.norma.gpu.cuda;

import dev.norma.gpu.Arguments;
import dev.norma.gpu.Device;
import dev.norma.gpu.Numbers;
import dev.norma.kernels.Program;
import dev.norma.spi.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Prints what is probed, and then the native libraries of CUDA that are loaded. A word such as
 * {@code devices=2} sets something of the driver before; a device's name has the device used.
 */
final class ProbeProgram {
  private ProbeProgram() {}

  public static void main(String[] words) throws IOException {
    for (String word : words) {
      if (word.contains("=")) {
        String[] setting = word.split("=", 2);
        TestDriver.set(setting[0], Long.parseLong(setting[1]));
      }
    }
    for (Probe probe : new CudaProvider().probe()) {
      System.out.println(probe.name() + " " + probe.available() + " " + probe.detail());
    }
    for (String word : words) {
      if (!word.contains("=")) {
        System.out.println(word + " computes " + use(word));
      }
    }
    Files.readAllLines(Path.of("/proc/self/maps")).stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).matches(".*cuda[^/]*\\.so.*"))
        .map(line -> "loaded " + line)
        .forEach(System.out::println);
  }

  private static double use(String name) {
    try (Device device = CudaTests.open(name, program -> TestPtx.ARITHMETIC);
        Device.Queue queue = device.open();
        Device.Buffer buffer = Numbers.upload(device, queue, 1, 1.5)) {
      Device.Kernel scale = device.kernel(new Program("f64", "scale"), "scale");
      queue.launch(scale, 1, 2, new Arguments().add(buffer).add(2.0));
      return Numbers.download(device, queue, buffer)[1];
    }
  }
}
