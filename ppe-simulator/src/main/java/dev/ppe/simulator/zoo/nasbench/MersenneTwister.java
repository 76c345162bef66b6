package dev.ppe.simulator.zoo.nasbench;

/**
 * MT19937 of Matsumoto and Nishimura, "Mersenne Twister: A 623-Dimensionally Equidistributed
 * Uniform Pseudo-Random Number Generator" (1998), seeded and drawn from as Python's {@code random}
 * does: the benchmark's order comes from there.
 */
final class MersenneTwister {
  private static final int LENGTH = 624;
  private static final int MIDDLE = 397;
  private static final int TWIST = 0x9908b0df;
  private static final int ARRAY_SEED = 19650218;

  private final int[] state = new int[LENGTH];
  private int next = LENGTH;

  MersenneTwister(int seed) {
    state[0] = ARRAY_SEED;
    for (int i = 1; i < LENGTH; i++) {
      state[i] = 1812433253 * mixed(state[i - 1]) + i;
    }
    // The reference's init_by_array, for a key of the one word "seed".
    int i = 1;
    for (int k = LENGTH; k > 0; k--) {
      state[i] = (state[i] ^ mixed(state[i - 1]) * 1664525) + seed;
      i = following(i);
    }
    for (int k = LENGTH - 1; k > 0; k--) {
      state[i] = (state[i] ^ mixed(state[i - 1]) * 1566083941) - i;
      i = following(i);
    }
    state[0] = 0x80000000;
  }

  private static int mixed(int word) {
    return word ^ word >>> 30;
  }

  private int following(int i) {
    if (i + 1 < LENGTH) {
      return i + 1;
    }
    state[0] = state[LENGTH - 1];
    return 1;
  }

  /** 32 random bits. */
  int nextInt() {
    if (next == LENGTH) {
      twist();
    }
    int y = state[next++];
    y ^= y >>> 11;
    y ^= y << 7 & 0x9d2c5680;
    y ^= y << 15 & 0xefc60000;
    return y ^ y >>> 18;
  }

  /** A number from 0 up to and without {@code bound}. */
  int below(int bound) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(bound);
    int drawn;
    do {
      drawn = nextInt() >>> (Integer.SIZE - bits);
    } while (drawn >= bound);
    return drawn;
  }

  /** Brings the elements into a random order. */
  void shuffle(int[] elements) {
    for (int i = elements.length - 1; i > 0; i--) {
      int j = below(i + 1);
      int moved = elements[i];
      elements[i] = elements[j];
      elements[j] = moved;
    }
  }

  private void twist() {
    for (int i = 0; i < LENGTH; i++) {
      int y = (state[i] & 0x80000000) | (state[(i + 1) % LENGTH] & 0x7fffffff);
      state[i] = state[(i + MIDDLE) % LENGTH] ^ y >>> 1 ^ ((y & 1) == 0 ? 0 : TWIST);
    }
    next = 0;
  }
}
