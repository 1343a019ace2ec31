package dev.norma.gpu;

import static dev.norma.gpu.LaunchPolicy.CHUNK;

import dev.norma.gpu.Device.Buffer;
import dev.norma.gpu.LaunchPolicy.Launch;
import dev.norma.gpu.LaunchPolicy.Walk;
import dev.norma.gpu.Launcher.Columns;
import dev.norma.gpu.Launcher.Rows;
import dev.norma.gpu.Launcher.Scales;
import dev.norma.gpu.Launcher.States;
import dev.norma.gpu.Launcher.Steps;
import dev.norma.gpu.Launcher.Units;
import dev.norma.spi.Axes;
import dev.norma.spi.Plan;
import dev.norma.spi.PlanResult;
import dev.norma.spi.StridedLayout;
import java.util.List;

/**
 * Runs a plan whose elements lie on the host: they go to the device piece by piece, one behind the
 * other whatever their layout. A piece is some vectors, or some chunks of vectors, so that the
 * order of every sum is the same as in one go.
 */
final class StreamedRun {
  private static final Axes NEIGHBOURS = new Axes(new long[] {CHUNK}, new long[] {1});

  private final Reducer reducer;
  private final Plan plan;
  private final Packer packer;
  private final Pipeline pipeline;
  private final List<Launcher> launchers;
  private final long pieceElements;
  private long done;

  private StreamedRun(Reducer reducer, Pipeline pipeline, long pieceBytes) {
    this.reducer = reducer;
    this.plan = reducer.plan();
    this.packer = new Packer(plan.batch().elements());
    this.pipeline = pipeline;
    this.launchers = reducer.launchers();
    this.pieceElements = pieceBytes / plan.batch().type().bytes();
  }

  /** Runs a plan in pieces of at most so many bytes, which hold at least a chunk. */
  static PlanResult run(Reducer reducer, long pieceBytes) {
    try (Pipeline pipeline = new Pipeline(reducer.work(), pieceBytes)) {
      StreamedRun run = new StreamedRun(reducer, pipeline, pieceBytes);
      try {
        run.pieces();
        return reducer.read();
      } catch (RuntimeException | Error e) {
        run.plan.progress().add(-run.done); // who tries again counts again
        throw e;
      }
    }
  }

  private void pieces() {
    Launch launch = reducer.launch();
    if (launch.walk() == Walk.COLUMNS) {
      columns((StridedLayout) reducer.layout(), launch);
    } else if (launch.walk() == Walk.ROWS && launch.chunks() == 1) {
      rows((StridedLayout) reducer.layout(), launch);
    } else {
      listed();
    }
  }

  private void count(long elements) {
    plan.progress().add(elements);
    done += elements;
  }

  private void rows(StridedLayout layout, Launch launch) {
    long length = layout.elements().size();
    long perPiece = Math.max(1, pieceElements / Math.max(1, length));
    Scales scales = reducer.scalesOfVectors();
    List<States> finals = reducer.finals();
    for (long from = 0; from < layout.count(); from += perPiece) {
      long first = from;
      long end = Math.min(layout.count(), from + perPiece);
      Rows rows = new Rows(-first * length, length, 1, length, 1, launch.team());
      pipeline.piece(
          memory -> {
            packer.begin(memory);
            for (long vector = first; vector < end; vector++) {
              packer.add(layout.start(vector), layout.elements(), 0, length);
            }
            return packer.finish();
          },
          piece -> {
            for (int i = 0; i < launchers.size(); i++) {
              launchers.get(i).rows(piece, rows, first, end, scales, finals.get(i));
            }
          });
      count((end - first) * length);
    }
  }

  private void columns(StridedLayout layout, Launch launch) {
    ColumnPieces pieces = new ColumnPieces(layout, pieceElements);
    int count = plan.count();
    long chunks = launch.chunks();
    List<States> out =
        chunks == 1
            ? reducer.finals()
            : reducer.states("partials", Math.multiplyExact(count, chunks));
    Scales scales = reducer.scalesOfVectors();
    pieces.forEach(piece -> columns(piece, scales, out));
    if (chunks > 1) {
      reducer.fold(Sequences.ofChunks(count, chunks, 1), count, out);
    }
  }

  private void columns(ColumnPieces.Piece piece, Scales scales, List<States> out) {
    pipeline.piece(
        memory -> {
          packer.begin(memory);
          piece.pack(packer);
          return packer.finish();
        },
        buffer -> columns(buffer, piece, scales, out));
    count(piece.columns().count() * piece.columns().rows());
  }

  private void columns(Buffer buffer, ColumnPieces.Piece piece, Scales scales, List<States> out) {
    Columns columns = piece.columns();
    for (int i = 0; i < launchers.size(); i++) {
      launchers
          .get(i)
          .columns(
              buffer, columns, scales, out.get(i), plan.count(), piece.chunk(), piece.vector());
    }
  }

  private void listed() {
    UnitList list = new UnitList(Sequences.of(reducer.layout()));
    List<UnitPiece> pieces = UnitPiece.cut(list, pieceElements);
    long[] starts = UnitPiece.starts(list, pieces);
    Units units = Units.put(reducer.work(), "units", list, starts, new long[list.count()]);
    Steps steps = reducer.put(NEIGHBOURS);
    Scales scales = reducer.scalesOfUnits(list);
    List<States> finals = reducer.finals();
    List<States> partials = reducer.states("partials", list.partials());
    for (UnitPiece piece : pieces) {
      List<States> out = piece.range().partial() ? partials : finals;
      pipeline.piece(
          memory -> {
            packer.begin(memory);
            for (int unit = piece.range().from(); unit < piece.range().to(); unit++) {
              int owner = list.owners[unit];
              packer.add(
                  plan.batch(), plan.batch().type(), owner, list.froms[unit], list.lengths[unit]);
            }
            return packer.finish();
          },
          buffer -> {
            for (int i = 0; i < launchers.size(); i++) {
              launchers.get(i).listed(buffer, 0, units, piece.range(), steps, scales, out.get(i));
            }
          });
      count(piece.elements());
    }
    reducer.fold(list.partial(), 1, partials);
  }
}
