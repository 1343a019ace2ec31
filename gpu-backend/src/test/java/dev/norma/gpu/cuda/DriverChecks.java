package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.gpu.Handle;
import java.util.List;
import net.jqwik.api.lifecycle.AfterContainerHook;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.ContainerLifecycleContext;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs each test with blocks and warps in an order of its own, and with work that is begun as late
 * as it may; then, the driver must have seen nothing wrong. What is left when the last device is
 * closed is wrong, too.
 */
final class DriverChecks
    implements BeforeEachCallback,
        AfterEachCallback,
        AfterAllCallback,
        AroundPropertyHook,
        AfterContainerHook {
  @Override
  public void beforeEach(ExtensionContext test) {
    shuffle(test.getUniqueId());
  }

  private static void shuffle(String test) {
    TestDriver.set("seed", test.hashCode() & Integer.MAX_VALUE);
    TestDriver.set("delay", 1);
  }

  @Override
  public void afterEach(ExtensionContext test) {
    check();
  }

  private static void check() {
    String report = TestDriver.report();
    TestDriver.reset();
    assertEquals("", report, "seen by the driver");
  }

  @Override
  public void afterAll(ExtensionContext tests) {
    checkEnd();
  }

  /** What tests of a class share is closed by then. */
  private static void checkEnd() {
    check();
    List<String> open = Handle.live().keySet().stream().filter(k -> k.startsWith("CUDA")).toList();
    assertEquals(List.of(), open, "left open");
  }

  /** After the methods that a class has for that. */
  @Override
  public int afterContainerProximity() {
    return -100;
  }

  @Override
  public void afterContainer(ContainerLifecycleContext tests) {
    checkEnd();
  }

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    shuffle(context.label());
    PropertyExecutionResult result = property.execute();
    try {
      check();
      return result;
    } catch (AssertionError e) {
      return result.mapTo(PropertyExecutionResult.Status.FAILED, e);
    }
  }
}
