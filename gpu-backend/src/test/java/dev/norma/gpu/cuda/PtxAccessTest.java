package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every load and store of the PTX interpreter: which bytes it moves, and how it extends them. */
@RequiresTestDriver
class PtxAccessTest {
  private static final long[] WORDS = {
    0xfedcba9876543210L, 0x0123456789abcdefL, 0x88997abbccdd6effL, 0x7ff0f0f08f0e0d0cL
  };

  private static List<PtxAccess> loads() {
    List<PtxAccess> all = new ArrayList<>();
    for (String how : List.of("ld.global", "ld.global.nc", "ld.shared", "ld")) {
      all.addAll(PtxAccess.all(how));
    }
    return all;
  }

  private static List<PtxAccess> stores() {
    List<PtxAccess> all = new ArrayList<>();
    for (String how : List.of("st.global", "st.shared", "st")) {
      all.addAll(PtxAccess.all(how));
    }
    return all;
  }

  private static List<PtxAccess> parameters() {
    return PtxAccess.all("ld.param").stream().filter(access -> access.count() == 1).toList();
  }

  static Set<String> opcodes() {
    Set<String> opcodes = new TreeSet<>();
    loads().forEach(access -> opcodes.add(access.opcode()));
    stores().forEach(access -> opcodes.add(access.opcode()));
    parameters().forEach(access -> opcodes.add(access.opcode()));
    return opcodes;
  }

  @Test
  void loadsExtendWhatTheyRead() {
    for (PtxAccess load : loads()) {
      long[] right = load.loaded(WORDS);
      long[] results = PtxMachine.results(load.loading(), right.length, WORDS);
      assertArrayEquals(right, results, load::toString);
    }
  }

  @Test
  void storesKeepWhatIsBeside() {
    for (PtxAccess store : stores()) {
      long[] results = PtxMachine.results(store.storing(), WORDS.length, WORDS);
      assertArrayEquals(store.stored(WORDS), results, store::toString);
    }
  }

  /** The third parameter, as if the third word were there. */
  @Test
  void parametersAreRead() {
    for (PtxAccess load : parameters()) {
      String body = load.loading().replace("[%a0+16]", "[k2]");
      long[] right = load.loaded(WORDS);
      try (PtxMachine machine = new PtxMachine()) {
        long out = machine.upload(0);
        assertEquals(0, machine.run(body, 1, 1, 0, out, WORDS[2]), TestDriver::report);
        assertArrayEquals(right, machine.download(out, 1), load::toString);
        PtxMachine.free(out);
      }
    }
  }
}
