package dev.norma.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.norma.Batch;
import dev.norma.ElementType;
import dev.norma.Elements;
import dev.norma.NdArray;
import dev.norma.spi.Layout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PackerTest {
  private static Elements elements(ElementType type, Arena arena) {
    MemorySegment memory = arena.allocate(10_000L * type.bytes());
    for (long i = 0; i < memory.byteSize(); i++) {
      memory.set(ValueLayout.JAVA_BYTE, i, (byte) ((i * 2654435761L) >> 13));
    }
    return Elements.of(memory, type);
  }

  private static List<Batch> batches(Elements e) {
    return List.of(
        Batch.rows(e, 100, 100),
        Batch.rows(e, 7, 30, 100, 210),
        Batch.columns(e, 50, 9),
        Batch.whole(NdArray.fortran(e, 10, 20, 30)),
        Batch.along(NdArray.of(e, 10, 20, 30), 1),
        Batch.along(NdArray.strided(e, 9999, new long[] {10, 20}, new long[] {-500, -3}), 1),
        Batch.ragged(e, new long[] {3, 3, 10, 100, 100, 5000, 9000}));
  }

  @ParameterizedTest
  @EnumSource
  void elementsComeInTheOrderOfTheirVectors(ElementType type) {
    try (Arena arena = Arena.ofConfined()) {
      for (Batch batch : batches(elements(type, arena))) {
        check(batch, arena.allocate(10_000L * type.bytes()));
      }
    }
  }

  /** What was packed, and copied back to empty memory, is there what it was, and nothing else. */
  private static void checkBack(Batch batch, MemorySegment packed) {
    MemorySegment memory = MemorySegment.ofArray(new long[10_000]);
    long bytes = batch.elements().segment().byteSize();
    Elements empty = Elements.of(memory.asSlice(0, bytes), batch.type());
    MemorySegment expected = MemorySegment.ofArray(new byte[(int) bytes]);
    Layout layout = batch.layout();
    int size = batch.type().bytes();
    Packer back = Packer.back(empty);
    back.begin(packed);
    for (long v = 0; v < layout.count(); v++) {
      back.add(layout.start(v), layout.elements(v), 0, layout.length(v));
      for (long i = 0; i < layout.length(v); i++) {
        long at = (layout.start(v) + layout.elements(v).offset(i)) * size;
        MemorySegment.copy(batch.elements().segment(), at, expected, at, size);
      }
    }
    assertEquals(layout.size() * size, back.finish());
    assertEquals(-1, expected.mismatch(memory.asSlice(0, bytes)), () -> batch + ", back");
  }

  private static void check(Batch batch, MemorySegment to) {
    int size = batch.type().bytes();
    Layout layout = batch.layout();
    Packer packer = new Packer(batch.elements());
    packer.begin(to);
    long total = 0;
    for (long v = 0; v < layout.count(); v++) {
      long half = layout.length(v) / 2; // in two parts, as chunks are
      packer.add(layout.start(v), layout.elements(v), 0, half);
      packer.add(layout.start(v), layout.elements(v), half, layout.length(v) - half);
      total += layout.length(v);
    }
    assertEquals(total * size, packer.finish());
    checkBack(batch, to);
    long at = 0;
    for (long v = 0; v < layout.count(); v++) {
      for (long i = 0; i < layout.length(v); i++, at++) {
        long from = layout.start(v) + layout.elements(v).offset(i);
        MemorySegment expected = batch.elements().segment().asSlice(from * size, size);
        long place = at;
        assertEquals(
            -1, expected.mismatch(to.asSlice(at * size, size)), () -> batch + " at " + place);
      }
    }
  }
}
