package dev.norma.gpu;

import java.util.ArrayList;
import java.util.List;

/** The arguments of a kernel, in order: each a buffer, an int, a long or a double. */
public final class Arguments {
  private final List<Object> values = new ArrayList<>();

  /** Adds a buffer, of which the kernel gets the address. */
  public Arguments add(Device.Buffer buffer) {
    values.add(buffer);
    return this;
  }

  /** Adds an integer of 32 bits. */
  public Arguments add(int value) {
    values.add(value);
    return this;
  }

  /** Adds an integer of 64 bits. */
  public Arguments add(long value) {
    values.add(value);
    return this;
  }

  /** Adds a binary64 number. */
  public Arguments add(double value) {
    values.add(value);
    return this;
  }

  /** Returns them: {@link Device.Buffer}, {@link Integer}, {@link Long} and {@link Double}. */
  public List<Object> values() {
    return values;
  }
}
