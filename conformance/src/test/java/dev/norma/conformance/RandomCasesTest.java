package dev.norma.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.ElementType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomCasesTest {
  @Test
  void areTheSameForASeed() {
    List<Case> once = RandomCases.of(5, 20);
    List<Case> again = RandomCases.of(5, 20);
    for (int i = 0; i < once.size(); i++) {
      assertEquals(once.get(i).toString(), again.get(i).toString());
      assertArrayEquals(once.get(i).vectors().get(), again.get(i).vectors().get());
    }
    assertTrue(!once.get(0).toString().equals(RandomCases.of(6, 1).get(0).toString()), "seed 6");
  }

  @Test
  void haveEverythingAndLieWhereTheySay() {
    Set<Object> seen = new HashSet<>();
    for (Case what : RandomCases.of(1, 300)) {
      seen.add(what.type());
      seen.add(what.placement());
      seen.add(what.memory());
      what.use(
          (batch, vectors) -> {
            assertEquals(vectors.length, batch.count(), what::toString);
            for (int i = 0; i < vectors.length; i++) {
              assertEquals(vectors[i].length, batch.length(i), what::toString);
            }
          });
    }
    int all = ElementType.values().length + Placement.values().length + Memory.values().length;
    assertEquals(all, seen.size());
  }
}
