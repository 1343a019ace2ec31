package dev.norma;

import dev.norma.spi.Backend;
import dev.norma.spi.BackendProvider;
import dev.norma.spi.Probe;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A second provider, which counts how often it is probed, and fails where a test says so. */
public final class OtherProvider implements BackendProvider {
  static final AtomicInteger PROBES = new AtomicInteger();
  static volatile Runnable onStart = () -> {};
  static volatile Runnable onProbe = () -> {};
  static volatile List<Probe> probes = List.of();

  /** Has all as it is at first. */
  static void restore() {
    PROBES.set(0);
    onStart = () -> {};
    onProbe = () -> {};
    probes = List.of();
  }

  /** Called by the service loader. */
  public OtherProvider() {
    onStart.run();
  }

  @Override
  public String prefix() {
    return "cuda";
  }

  @Override
  public List<Probe> probe() {
    PROBES.incrementAndGet();
    onProbe.run();
    return probes;
  }

  @Override
  public Backend open(String name) {
    return FakeBackend.device(name);
  }
}
