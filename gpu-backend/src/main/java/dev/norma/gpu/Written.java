package dev.norma.gpu;

import dev.norma.DeviceException;
import dev.norma.gpu.Device.Buffer;
import dev.norma.gpu.Launcher.States;

/** Values that are written where they belong: nothing has to be folded. */
final class Written implements Target {
  private boolean changed;

  @Override
  public void begin(long chunks) {}

  @Override
  public void changing() {
    changed = true;
  }

  @Override
  public States of(Buffer memory, boolean partial) {
    return new States(memory, 0);
  }

  @Override
  public void fold(int count, long chunks) {}

  @Override
  public void fold(UnitList units) {}

  /**
   * Does something that is done again where the device had no memory for it: but not after values
   * were written, since they may have taken the place of what they were computed from.
   */
  void guarded(Runnable work) {
    try {
      work.run();
    } catch (DeviceException e) {
      if (changed && e.fault() == DeviceException.Fault.OUT_OF_MEMORY) {
        String message = e.getMessage() + ", when a part of the values had been written";
        throw new DeviceException(DeviceException.Fault.FAILED, message, e);
      }
      throw e;
    }
  }
}
