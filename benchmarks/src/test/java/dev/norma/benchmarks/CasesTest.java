package dev.norma.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.ElementType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CasesTest {
  @Test
  void everyNormTypeShapePlaceAndThreadCountOfThisLibraryIsMeasured() {
    List<Case> all = Cases.all();
    Map<Contender, Long> counts =
        all.stream().collect(Collectors.groupingBy(Case::contender, Collectors.counting()));
    assertEquals(
        Map.of(
            Contender.NORMA,
            3L * 4 * 5 * 4,
            Contender.GRADIENT,
            3L * 2 * 2,
            Contender.TWO_PASS,
            2L,
            Contender.GRADIENT_IN_PLACE,
            3L * 2 * 2,
            Contender.TWO_PASS_IN_PLACE,
            2L,
            Contender.TENSORS,
            4L,
            Contender.ND4J,
            3L * 2 * 4 * 3,
            Contender.LOOP,
            20L,
            Contender.DEVICE,
            6L * 4 * 4,
            Contender.DEVICE_HOST,
            2L * 4),
        counts);
    assertEquals(all.size(), all.stream().distinct().count(), "no case is there twice");
  }

  @Test
  void theNameFindsTheCase() {
    for (Case c : Cases.all()) {
      assertSame(c, Cases.named(c.toString()), c.toString());
    }
    assertEquals("norma/L1/f64/rows-16/dram/1-thread", Cases.all().get(0).toString());
    assertThrows(IllegalArgumentException.class, () -> Cases.named("norma/L3"));
  }

  @Test
  void theQuickOnesHaveEveryTypeAndShapeFromDramAndEveryContender() {
    List<Case> quick = Cases.quick();
    assertTrue(Cases.all().containsAll(quick));
    for (ElementType type : ElementType.values()) {
      for (Shape shape : EnumSet.complementOf(EnumSet.of(Shape.ROWS_2M))) {
        for (Cores cores : Cores.values()) {
          Case c = new Case(Contender.NORMA, MeasuredNorm.L2, type, shape, Place.DRAM, cores);
          assertTrue(quick.contains(c), c + " is in the quick report");
        }
      }
    }
    assertEquals(
        List.of(Contender.values()), quick.stream().map(Case::contender).distinct().toList());
    assertFalse(quick.size() > 64, quick.size() + " cases take more than some minutes");
  }

  @Test
  void geometryDeclaresCountTimesLengthTimesBytes() {
    Sizes sizes = new Sizes(1 << 20, 256 << 10, 3);
    Geometry dram = Geometry.of(Cases.named("norma/L2/f32/columns-768/dram/all-threads"), sizes);
    assertEquals(new Geometry(1, 1, 341, 768, 4, false), dram);
    assertEquals(341L * 768 * 4, dram.bytes());
    Geometry cache = Geometry.of(Cases.named("norma/L2/bf16/rows-16/cache/all-threads"), sizes);
    int threads = Runtime.getRuntime().availableProcessors();
    assertEquals(new Geometry(threads, 3, 8192, 16, 2, false), cache);
    assertEquals(threads * 3L * 8192 * 16 * 2, cache.bytes());
    Geometry gradient =
        Geometry.of(Cases.named("norma-gradient/L2/f32/rows-768/dram/1-thread"), sizes);
    assertEquals(2 * 341L * 768 * 4, gradient.bytes());
    Geometry power = Geometry.of(Cases.named("opencl/L3.5/f32/rows-16/dram/all-threads"), sizes);
    assertEquals(new Geometry(1, 1, 1024, 16, 4, false), power);
  }

  @Test
  void wordsOfTheCommandLine() {
    assertEquals(new Request(Effort.FULL, Cases.all()), Request.parse());
    assertEquals(new Request(Effort.QUICK, Cases.quick()), Request.parse("--quick"));
    Request linf = Request.parse("--include", "^norma/Linf/f32/.*1-thread", "--quick");
    assertEquals(Effort.QUICK, linf.effort());
    assertEquals(10, linf.cases().size(), linf.cases().toString());
    assertTrue(
        linf.cases().stream().allMatch(c -> c.norm() == MeasuredNorm.LINF), linf.cases()::toString);
  }

  @Test
  void wordsThatMakeNoSenseAreNamed() {
    List<String[]> senseless =
        List.of(
            new String[] {"--slow"},
            new String[] {"--include"},
            new String[] {"--include", "("},
            new String[] {"--include", "cublas"});
    for (String[] words : senseless) {
      Exception e = assertThrows(IllegalArgumentException.class, () -> Request.parse(words));
      String last = words[words.length - 1];
      assertTrue(e.getMessage().contains(last), Arrays.toString(words) + ": " + e.getMessage());
    }
  }
}
