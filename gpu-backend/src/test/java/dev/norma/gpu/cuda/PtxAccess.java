package dev.norma.gpu.cuda;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A load or a store of the PTX interpreter, of the third and fourth word of four.
 *
 * @param how such as {@code ld.global} or, of a generic address, {@code st}
 * @param count of the values: 1, 2 or 4
 * @param type of each of them
 */
record PtxAccess(String how, int count, String type) {
  private static final String SHARED =
      """
      .shared .align 16 .b8 room[32];
      mov.u64 %q1, room;
      """;

  /** Returns all of them, by the addresses of a space. */
  static List<PtxAccess> all(String how) {
    List<PtxAccess> all = new ArrayList<>();
    for (int bits = 8; bits <= 64; bits *= 2) {
      for (String kind : bits < 32 ? List.of("b", "u", "s") : List.of("b", "u", "s", "f")) {
        for (int count = 1; count * bits <= 128 && count <= 4; count *= 2) {
          all.add(new PtxAccess(how, count, kind + bits));
        }
      }
    }
    return all;
  }

  String opcode() {
    return how + (count == 1 ? "." : ".v" + count + ".") + type;
  }

  @Override
  public String toString() {
    return opcode();
  }

  private boolean isShared() {
    return how.endsWith(".shared");
  }

  private int bits() {
    return Integer.parseInt(type.substring(1));
  }

  /** For integers wider registers, as loads and stores allow. */
  private String register(int n) {
    String letter = !type.startsWith("f") ? "%q" : bits() == 64 ? "%d" : "%f";
    return letter + (10 + n);
  }

  private String registers() {
    String all =
        IntStream.range(0, count).mapToObj(this::register).collect(Collectors.joining(", "));
    return count == 1 ? all : "{" + all + "}";
  }

  /** Moves the values from their registers to %q10 and on, or back. */
  private String move(boolean back) {
    StringBuilder text = new StringBuilder();
    for (int n = 10; n < 10 + count && type.startsWith("f"); n++) {
      String real = (bits() == 64 ? "%d" : "%f") + n;
      String word = (bits() == 64 ? "%q" : "%r") + n;
      text.append(back && bits() == 32 ? "cvt.u32.u64 %r" + n + ", %q" + n + ";\n" : "");
      text.append("mov.b" + bits() + " " + (back ? real + ", " + word : word + ", " + real));
      text.append(";\n");
      text.append(!back && bits() == 32 ? "cvt.u64.u32 %q" + n + ", %r" + n + ";\n" : "");
    }
    return text.toString();
  }

  private static String copy(String from, String load, String to, String store) {
    StringBuilder text = new StringBuilder();
    for (int n = 0; n < 32; n += 8) {
      text.append("ld" + load + ".u64 %q9, [" + from + "+" + n + "];\n");
      text.append("st" + store + ".u64 [" + to + "+" + n + "], %q9;\n");
    }
    return text.toString();
  }

  /** Loads from the input, or from a copy of it, and stores the values, a word each. */
  String loading() {
    StringBuilder text = new StringBuilder();
    text.append(isShared() ? SHARED + copy("%a0", ".global", "%q1", ".shared") : "");
    text.append(opcode() + " " + registers() + ", [" + (isShared() ? "%q1" : "%a0") + "+16];\n");
    text.append(move(false));
    for (int n = 0; n < count; n++) {
      text.append("st.global.u64 [%a1+" + 8 * n + "], %q" + (10 + n) + ";\n");
    }
    return text.toString();
  }

  /** Copies the input, and stores the low parts of its words over the third of them and on. */
  String storing() {
    StringBuilder text = new StringBuilder(isShared() ? SHARED : "mov.u64 %q1, %a1;\n");
    String space = isShared() ? ".shared" : ".global";
    text.append(copy("%a0", ".global", "%q1", space));
    for (int n = 0; n < count; n++) {
      text.append("ld.global.u64 %q" + (10 + n) + ", [%a0+" + 8 * n + "];\n");
    }
    text.append(move(true) + opcode() + " [%q1+16], " + registers() + ";\n");
    return text + (isShared() ? copy("%q1", ".shared", "%a1", ".global") : "");
  }

  private long part(long third, long fourth, int n) {
    int at = n * bits();
    return (at < 64 ? third >>> at : fourth >>> (at - 64)) & PtxOperation.mask(type);
  }

  /** Returns what loading from these words stores. */
  long[] loaded(long... words) {
    int above = 64 - bits();
    return IntStream.range(0, count)
        .mapToLong(n -> part(words[2], words[3], n))
        .map(x -> type.startsWith("s") ? x << above >> above : x)
        .toArray();
  }

  /** Returns what there is after storing. */
  long[] stored(long... words) {
    long[] all = words.clone();
    for (int n = 0; n < count; n++) {
      int at = n * bits() % 64;
      int word = 2 + n * bits() / 64;
      long mask = PtxOperation.mask(type);
      all[word] = (all[word] & ~(mask << at)) | ((words[n] & mask) << at);
    }
    return all;
  }
}
