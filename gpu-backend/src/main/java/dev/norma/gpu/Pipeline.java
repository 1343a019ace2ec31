package dev.norma.gpu;

import dev.norma.gpu.Device.Buffer;
import dev.norma.gpu.Device.Staging;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Brings data from the host to a device piece by piece, through two places on either side: while
 * the device copies and reduces one piece, the host makes the next one ready.
 */
final class Pipeline {
  private final List<Place> places;
  private int next;

  /** A place for one piece. */
  private static final class Place {
    private final Workspace work;
    private final List<Launcher> launchers;
    private final Staging staging;
    private final Buffer buffer;

    Place(Workspace work, Reducer reducer, long bytes) {
      this.work = work;
      this.launchers = reducer.launchers(work);
      this.staging = work.staging("piece", bytes);
      this.buffer = work.buffer("piece", bytes);
    }
  }

  /** Puts the elements of a piece into memory and returns how many bytes they are. */
  interface Fill {
    long into(MemorySegment memory);
  }

  /** Starts the kernels of a piece. */
  interface Start {
    void on(Buffer piece, List<Launcher> launchers);
  }

  /** Makes places for pieces of at most so many bytes. */
  Pipeline(Reducer reducer, Workspace second, long bytes) {
    Workspace first = reducer.work();
    places = List.of(new Place(first, reducer, bytes), new Place(second, reducer, bytes));
  }

  /** Brings the next piece. */
  void piece(Fill fill, Start start) {
    Place place = places.get(next);
    next = 1 - next;
    // The piece before the last one, in the same place; before the first, what all pieces need.
    place.work.queue().finish();
    long bytes = fill.into(place.staging.memory());
    place.work.queue().write(place.staging, bytes, place.buffer, 0);
    start.on(place.buffer, place.launchers);
  }

  /** Waits for the pieces of the second queue; what the first one does from now on, it orders. */
  void end() {
    places.get(1).work.queue().finish();
  }
}
