package dev.norma.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ProbeTest {
  private static final int LENGTH = 600;

  @Test
  void readsEveryElementOfAnyRangeOnce() {
    SplittableRandom random = new SplittableRandom(1);
    double[] doubles = new double[LENGTH];
    float[] floats = new float[LENGTH];
    short[] shorts = new short[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      doubles[i] = Double.longBitsToDouble(random.nextLong());
      floats[i] = random.nextFloat(-1, 1);
      shorts[i] = (short) random.nextInt();
    }
    for (int from = 0; from < 40; from += 3) {
      for (int to = from; to <= LENGTH; to += 7) {
        long expected64 = 0;
        long expected32 = 0;
        long expected16 = 0;
        for (int i = from; i < to; i++) {
          expected64 ^= Double.doubleToRawLongBits(doubles[i]);
          expected32 ^= Float.floatToRawIntBits(floats[i]) & 0xffffffffL;
          expected16 ^= shorts[i] & 0xffffL;
        }
        String range = from + " to " + to;
        assertEquals(expected64, Probe.xor(doubles, from, to), "double[], " + range);
        assertEquals(expected32, Probe.xor(floats, from, to), "float[], " + range);
        assertEquals(expected16, Probe.xor(shorts, from, to), "short[], " + range);
      }
    }
  }
}
