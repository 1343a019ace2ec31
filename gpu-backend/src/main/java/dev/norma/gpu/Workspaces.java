package dev.norma.gpu;

import dev.norma.DeviceException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * The workspaces of a device, each lent to one call at a time. There are no more calls on the way
 * than keep the device busy: more would only take memory. Safe for use by many threads.
 */
final class Workspaces implements AutoCloseable {
  private static final int MOST = 8;

  private final Device device;
  private final Deque<Workspace> idle = new ConcurrentLinkedDeque<>();
  private final Semaphore permits = new Semaphore(MOST, true);

  Workspaces(Device device) {
    this.device = device;
  }

  /**
   * Calls a function with a workspace. Where the device has no memory left, what idle workspaces
   * keep is given back, and the function called once more.
   */
  <T> T lend(Function<Workspace, T> body) {
    permits.acquireUninterruptibly();
    try {
      try {
        return lendOnce(body);
      } catch (DeviceException e) {
        if (e.fault() != DeviceException.Fault.OUT_OF_MEMORY || idle.isEmpty()) {
          throw e;
        }
        close();
        return lendOnce(body);
      }
    } finally {
      permits.release();
    }
  }

  /** A call that brings data to the device in pieces. */
  interface InPieces<T> {
    T run(Workspace work, long pieceBytes);
  }

  /** Calls it with a workspace, and with smaller pieces where the device has no memory left. */
  <T> T lend(long pieceBytes, InPieces<T> body) {
    long piece = pieceBytes;
    while (true) {
      long bytes = piece;
      try {
        return lend(work -> body.run(work, bytes));
      } catch (DeviceException e) {
        piece = LaunchPolicy.smaller(piece);
        if (e.fault() != DeviceException.Fault.OUT_OF_MEMORY || piece == 0) {
          throw e;
        }
      }
    }
  }

  /** A workspace whose call failed is not lent again. */
  private <T> T lendOnce(Function<Workspace, T> body) {
    Workspace kept = idle.poll();
    Workspace work = kept == null ? new Workspace(device) : kept;
    T result;
    try {
      result = body.apply(work);
    } catch (RuntimeException | Error e) {
      work.abandon(e);
      throw e;
    }
    idle.push(work);
    return result;
  }

  /** Closes the workspaces that are idle. */
  @Override
  public void close() {
    for (Workspace work = idle.poll(); work != null; work = idle.poll()) {
      work.close();
    }
  }
}
