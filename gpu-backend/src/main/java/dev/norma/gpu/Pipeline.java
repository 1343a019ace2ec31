package dev.norma.gpu;

import dev.norma.gpu.Device.Buffer;
import dev.norma.gpu.Device.Event;
import dev.norma.gpu.Device.Staging;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Consumer;

/**
 * Brings data from the host to a device piece by piece, through two places on either side: while
 * kernels reduce one piece, the next one is copied, and the host makes ready the one after that.
 * Copies have a queue of their own; all kernels run in one, in order.
 */
final class Pipeline implements AutoCloseable {
  private final Workspace work;
  private final List<Place> places;
  private int next;

  /** A place for one piece. */
  private static final class Place implements AutoCloseable {
    private final Staging staging;
    private final Buffer buffer;
    private Event used;
    private Runnable then = () -> {};

    Place(Workspace work, int number, long bytes) {
      this.staging = work.staging("piece " + number, bytes);
      this.buffer = work.buffer("piece " + number, bytes);
    }

    /** Waits until the last piece in this place is done, and does what is to follow. */
    void await() {
      if (used != null) {
        used.await();
        close();
        then.run();
      }
    }

    @Override
    public void close() {
      if (used != null) {
        used.close();
        used = null;
      }
    }
  }

  /** Puts the elements of a piece into memory and returns how many bytes they are. */
  interface Fill {
    long into(MemorySegment memory);
  }

  /** Makes places for pieces of at most so many bytes. */
  Pipeline(Workspace work, long bytes) {
    this.work = work;
    places = List.of(new Place(work, 0, bytes), new Place(work, 1, bytes));
  }

  /** Brings the next piece and starts its kernels. */
  void piece(Fill fill, Consumer<Buffer> start) {
    piece(fill, start, () -> {});
  }

  /** Brings the next piece and starts its kernels; when these have ended, something follows. */
  void piece(Fill fill, Consumer<Buffer> start, Runnable then) {
    Place place = places.get(next);
    next = 1 - next;
    place.await();
    long bytes = fill.into(place.staging.memory());
    work.copies().write(place.staging, bytes, place.buffer, 0);
    try (Event copied = work.copies().mark()) {
      work.queue().waitFor(copied);
    }
    start.accept(place.buffer);
    place.used = work.queue().mark();
    place.then = then;
  }

  /** Waits for all pieces, in their order. */
  void await() {
    places.get(next).await();
    places.get(1 - next).await();
  }

  @Override
  public void close() {
    places.forEach(Place::close);
  }
}
