package dev.norma.gpu.opencl;

import dev.norma.gpu.Arguments;
import dev.norma.gpu.Device;
import dev.norma.gpu.Numbers;
import dev.norma.kernels.Program;
import dev.norma.spi.Probe;
import java.util.List;

/** Prints what is probed; with a device's name, uses the device and then divides by zero. */
final class ProbeProgram {
  private ProbeProgram() {}

  public static void main(String[] names) {
    List<Probe> probes = new OpenClProvider().probe();
    for (Probe probe : probes) {
      System.out.println(probe.name() + " " + probe.available() + " " + probe.detail());
    }
    for (String name : names) {
      System.out.println(name + " computes " + use(name));
      System.out.println(divisionsThrow() ? "divisions throw" : "divisions by zero pass");
    }
  }

  private static double use(String name) {
    String source = "kernel void zero(global double *x) { x[get_global_id(0)] += 1; }";
    try (Device device = OpenClTests.open(name, program -> source);
        Device.Queue queue = device.open();
        Device.Buffer buffer = Numbers.upload(device, queue, 1, 2)) {
      Device.Kernel zero = device.kernel(new Program("f64", "zero"), "zero");
      queue.launch(zero, 2, 1, new Arguments().add(buffer));
      return Numbers.download(device, queue, buffer)[1];
    }
  }

  private static int divide(int a, int b) {
    return a / b;
  }

  /** Only code that the compiler has made leaves the division by zero to the processor. */
  private static boolean divisionsThrow() {
    int sum = 0;
    for (int i = 1; i < 200_000; i++) {
      sum += divide(sum + i, i % 7 + 1);
    }
    try {
      System.out.println(sum + " / 0 is " + divide(sum, 0));
      return false;
    } catch (ArithmeticException e) {
      return true;
    }
  }
}
