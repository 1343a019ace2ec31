package dev.norma.gpu;

import static dev.norma.gpu.LaunchPolicy.CHUNK;

import dev.norma.Batch;
import dev.norma.gpu.Applier.Lists;
import dev.norma.gpu.Applier.Operands;
import dev.norma.gpu.Device.Buffer;
import dev.norma.gpu.Device.Staging;
import dev.norma.gpu.LaunchPolicy.Walk;
import dev.norma.gpu.Launcher.Units;
import dev.norma.gpu.Places.Entries;
import dev.norma.spi.Axes;
import dev.norma.spi.MapPlan;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongToIntFunction;

/**
 * Applies a function to elements that lie on the host: they go to the device piece by piece, those
 * of each operand behind those of the one before, and what is computed of them comes back. It takes
 * the place of x in the piece, or, where values are added, of what they are added to.
 */
final class StreamedMap {
  private static final Axes NEIGHBOURS = new Axes(new long[] {CHUNK}, new long[] {1});

  private final MapPlan plan;
  private final Workspace work;
  private final Target target;
  private final Pipeline pipeline;
  private final List<Batch> operands;
  private final int size;
  private final long pieceElements;
  private final Staging[] results;
  private final Places places = new Places();
  private int next;

  private StreamedMap(
      MapPlan plan, Workspace work, Target target, Pipeline pipeline, long pieceElements) {
    this.plan = plan;
    this.work = work;
    this.target = target;
    this.pipeline = pipeline;
    this.operands = MapPolicy.operands(plan);
    this.size = plan.x().type().bytes();
    this.pieceElements = pieceElements;
    long bytes = plan.out() == null ? 0 : pieceElements * size;
    this.results = new Staging[] {work.staging("result 0", bytes), work.staging("result 1", bytes)};
  }

  /** Runs a plan of at least one element, in pieces of about so many bytes. */
  static void run(MapPlan plan, Workspace work, Target target, long pieceBytes) {
    long elements = MapPolicy.pieceElements(pieceBytes, plan);
    long bytes = elements * plan.x().type().bytes() * MapPolicy.operands(plan).size();
    try (Pipeline pipeline = new Pipeline(work, bytes)) {
      StreamedMap map = new StreamedMap(plan, work, target, pipeline, elements);
      MapPolicy.Launch launch = MapPolicy.of(plan);
      if (launch.walk() == Walk.LISTED) {
        map.listed();
      } else {
        map.strided(launch);
      }
      pipeline.await();
    }
  }

  private void strided(MapPolicy.Launch launch) {
    int count = plan.count();
    long length = plan.x().layout().length(0);
    List<MapPiece> pieces = MapPiece.cut(count, length, pieceElements, launch.across());
    List<Entries> entries =
        pieces.stream()
            .map(piece -> entries(piece.elements(), offset -> piece.place(places, offset)))
            .toList();
    boolean partial = launch.chunks() > 1;
    target.begin(partial ? Math.multiplyExact(count, launch.chunks()) : 0);
    Applier applier = new Applier(plan, work, places);
    for (int i = 0; i < pieces.size(); i++) {
      applier.build(entries.get(i), pieces.get(i).part(), launch);
    }
    for (int i = 0; i < pieces.size(); i++) {
      MapPiece piece = pieces.get(i);
      Entries lie = entries.get(i);
      piece(
          piece.elements(),
          (batch, packer) -> piece.copy(batch.layout(), packer),
          buffer ->
              applier.strided(
                  new Operands(buffer, buffer, lie),
                  piece.part(),
                  launch,
                  target.of(buffer, partial)));
    }
    if (partial) {
      target.fold(count, launch.chunks());
    }
  }

  private void listed() {
    UnitList list = new UnitList(Sequences.of(plan.x().layout()));
    List<UnitPiece> pieces = UnitPiece.cut(list, pieceElements);
    long[] starts = UnitPiece.starts(list, pieces);
    Units units = Units.put(work, "units", list, starts, new long[list.count()]);
    Lists lists =
        new Lists(units, units.starts(), units.starts(), work.put("owners", list.owners), true);
    List<Entries> entries =
        pieces.stream()
            .map(piece -> entries(piece.elements(), offset -> places.addListed(offset, NEIGHBOURS)))
            .toList();
    target.begin(list.partials());
    Applier applier = new Applier(plan, work, places);
    entries.forEach(applier::buildListed);
    for (int i = 0; i < pieces.size(); i++) {
      UnitList.Range range = pieces.get(i).range();
      Entries lie = entries.get(i);
      piece(
          pieces.get(i).elements(),
          (batch, packer) -> copy(list, range, batch, packer),
          buffer ->
              applier.listed(
                  new Operands(buffer, buffer, lie),
                  lists,
                  range,
                  target.of(buffer, range.partial())));
    }
    target.fold(list);
  }

  private void copy(UnitList list, UnitList.Range range, Batch batch, Packer packer) {
    for (int unit = range.from(); unit < range.to(); unit++) {
      packer.add(batch, plan.x().type(), list.owners[unit], list.froms[unit], list.lengths[unit]);
    }
  }

  /** Says where the operands of a piece of so many elements lie, given how to do it for one. */
  private Entries entries(long elements, LongToIntFunction place) {
    int x = place.applyAsInt(0);
    int second = plan.second() == null ? x : place.applyAsInt(elements);
    int out = outNumber() == 0 ? x : place.applyAsInt(outNumber() * elements);
    return new Entries(x, second, out);
  }

  private long outNumber() {
    return plan.adds() ? operands.size() - 1 : 0;
  }

  /** Copies the elements of a piece by a packer, for each operand as they lie there. */
  private interface Copy {
    void run(Batch batch, Packer packer);
  }

  private void piece(long elements, Copy copy, Consumer<Buffer> start) {
    Staging result = results[next];
    next = 1 - next;
    pipeline.piece(
        memory -> pack(memory, copy),
        buffer -> {
          start.accept(buffer);
          if (plan.out() != null) {
            long bytes = elements * size;
            work.queue().read(buffer, outNumber() * bytes, result, bytes);
          }
        },
        () -> unpack(result, copy));
  }

  private long pack(MemorySegment memory, Copy copy) {
    long end = 0;
    for (Batch operand : operands) {
      Packer packer = new Packer(operand.elements());
      packer.begin(memory, end);
      copy.run(operand, packer);
      end = packer.finish();
    }
    return end;
  }

  private void unpack(Staging result, Copy copy) {
    if (plan.out() != null) {
      target.changing();
      Packer packer = Packer.back(plan.out().elements());
      packer.begin(result.memory());
      copy.run(plan.out(), packer);
      packer.finish();
    }
  }
}
