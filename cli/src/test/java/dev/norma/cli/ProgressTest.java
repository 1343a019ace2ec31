package dev.norma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bar on the terminal. */
class ProgressTest {
  /** Lets the test wait until something was written. */
  private static final class Terminal extends ByteArrayOutputStream {
    private final CountDownLatch written = new CountDownLatch(1);

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      super.write(bytes, offset, length);
      written.countDown();
      notifyAll();
    }

    synchronized void await(String text) throws InterruptedException {
      while (!toString(StandardCharsets.UTF_8).contains(text)) {
        wait();
      }
    }
  }

  @Test
  void leavesABlankLineBehind() throws InterruptedException {
    Terminal terminal = new Terminal();
    System.setProperty(Progress.COLUMNS, "40");
    try (Progress progress =
        Progress.start(10, "a.npy", new PrintStream(terminal, true, StandardCharsets.UTF_8))) {
      progress.counter().add(5);
      terminal.written.await();
    } finally {
      System.clearProperty(Progress.COLUMNS);
    }
    String shown = terminal.toString(StandardCharsets.UTF_8);
    assertTrue(shown.startsWith("\ra.npy"), shown);
    assertTrue(shown.endsWith("\r" + " ".repeat(39) + "\r"), shown);
    for (String frame : shown.split("\r", -1)) {
      assertTrue(frame.length() < 40, () -> "'" + frame + "' is wider than the terminal");
    }
  }

  @Test
  @Timeout(60)
  void showsTheStepThatItIsAt() throws InterruptedException {
    Terminal terminal = new Terminal();
    System.setProperty(Progress.COLUMNS, "90");
    try (Progress progress =
        Progress.ofSteps(8, "check", new PrintStream(terminal, true, StandardCharsets.UTF_8))) {
      progress.begin("the seventh case");
      progress.counter().add(6);
      terminal.await("6/8");
      terminal.await("the seventh case");
    } finally {
      System.clearProperty(Progress.COLUMNS);
    }
  }

  @Test
  void isNotShownWithoutATerminal() throws InterruptedException {
    Terminal terminal = new Terminal();
    PrintStream err = new PrintStream(terminal, true, StandardCharsets.UTF_8);
    try (Progress progress = Progress.start(10, "a.npy", err, 0)) {
      progress.counter().add(5);
      assertFalse(terminal.written.await(2, TimeUnit.SECONDS), "something was written");
    }
    assertEquals(0, terminal.size());
  }
}
