package dev.norma.cli;

import java.util.ResourceBundle;

/**
 * Keeps all that is logged off standard error, which carries a line for each failure and nothing
 * else. Found by {@link java.util.ServiceLoader}; it also spares the start of java.util.logging.
 */
public final class Silence extends System.LoggerFinder {
  @Override
  public System.Logger getLogger(String name, Module module) {
    return new Silent(name);
  }

  private record Silent(String name) implements System.Logger {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isLoggable(Level level) {
      return false;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {}

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... params) {}
  }
}
