package dev.norma.gpu;

import static dev.norma.gpu.LaunchPolicy.CHUNK;

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
  private final long pieceElements;

  private StreamedRun(Reducer reducer, Workspace second, long pieceBytes) {
    this.reducer = reducer;
    this.plan = reducer.plan();
    this.packer = new Packer(plan.batch().elements());
    this.pieceElements = pieceBytes / plan.batch().type().bytes();
    this.pipeline = new Pipeline(reducer, second, pieceBytes);
  }

  /** Runs a plan in pieces of at most so many bytes, which hold at least a chunk. */
  static PlanResult run(Reducer reducer, Workspace second, long pieceBytes) {
    StreamedRun run = new StreamedRun(reducer, second, pieceBytes);
    Launch launch = reducer.launch();
    if (launch.walk() == Walk.COLUMNS) {
      run.columns((StridedLayout) reducer.layout(), launch);
    } else if (launch.walk() == Walk.ROWS && launch.chunks() == 1) {
      run.rows((StridedLayout) reducer.layout());
    } else {
      run.listed();
    }
    return reducer.read();
  }

  private void rows(StridedLayout layout) {
    long length = layout.elements().size();
    long perPiece = Math.max(1, pieceElements / Math.max(1, length));
    Scales scales = reducer.scalesOfVectors();
    List<States> finals = reducer.finals();
    for (long from = 0; from < layout.count(); from += perPiece) {
      long first = from;
      long end = Math.min(layout.count(), from + perPiece);
      Rows rows = new Rows(-first * length, length, 1, length);
      pipeline.piece(
          memory -> {
            packer.begin(memory);
            for (long vector = first; vector < end; vector++) {
              packer.add(layout.start(vector), layout.elements(), 0, length);
            }
            return packer.finish();
          },
          (piece, launchers) -> {
            for (int i = 0; i < launchers.size(); i++) {
              launchers.get(i).rows(piece, rows, first, end, scales, finals.get(i));
            }
          });
      plan.progress().add((end - first) * length);
    }
    pipeline.end();
  }

  private void columns(StridedLayout layout, Launch launch) {
    int count = plan.count();
    long length = layout.elements().size();
    List<States> out =
        launch.chunks() == 1
            ? reducer.finals()
            : reducer.states("partials", Math.multiplyExact(count, launch.chunks()));
    Scales scales = reducer.scalesOfVectors();
    long run = layout.vectors().innerSize();
    for (long vector = 0; vector < count; ) {
      long inRun = run - (layout.first() + vector) % run;
      long widest = Math.max(1, pieceElements / Math.min(length, CHUNK));
      long width = Math.min(Math.min(inRun, count - vector), widest);
      long rows = Math.max(CHUNK, pieceElements / width / CHUNK * CHUNK);
      for (long row = 0; row < length; row += rows) {
        panel(layout, vector, width, row, Math.min(rows, length - row), scales, out);
      }
      vector += width;
    }
    pipeline.end();
    if (launch.chunks() > 1) {
      reducer.fold(Sequences.ofChunks(count, launch.chunks(), 1), count, out);
    }
  }

  /** Brings some rows of neighbouring columns. */
  private void panel(
      StridedLayout layout,
      long vector,
      long width,
      long row,
      long rows,
      Scales scales,
      List<States> out) {
    long step = layout.elements().innerStride();
    long corner = layout.start(vector) + row * step;
    Columns columns = new Columns(0, 0, width, rows, width, 0, width);
    pipeline.piece(
        memory -> {
          packer.begin(memory);
          for (long i = 0; i < rows; i++) {
            packer.add(corner + i * step, width);
          }
          return packer.finish();
        },
        (piece, launchers) -> {
          for (int i = 0; i < launchers.size(); i++) {
            launchers
                .get(i)
                .columns(piece, columns, scales, out.get(i), plan.count(), row / CHUNK, vector);
          }
        });
    plan.progress().add(rows * width);
  }

  private void listed() {
    UnitList list = new UnitList(Sequences.of(reducer.layout()));
    List<UnitPiece> pieces = UnitPiece.cut(list, pieceElements);
    Units units =
        reducer.put("units", list, UnitPiece.starts(list, pieces), new long[list.count()]);
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
              Axes axes = reducer.layout().elements(list.owners[unit]);
              packer.add(list.starts[unit], axes, list.froms[unit], list.lengths[unit]);
            }
            return packer.finish();
          },
          (buffer, launchers) -> {
            for (int i = 0; i < launchers.size(); i++) {
              launchers.get(i).listed(buffer, 0, units, piece.range(), steps, scales, out.get(i));
            }
          });
      plan.progress().add(piece.elements());
    }
    pipeline.end();
    reducer.fold(list.partial(), 1, partials);
  }
}
