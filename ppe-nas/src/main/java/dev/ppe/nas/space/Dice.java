package dev.ppe.nas.space;

import java.math.BigInteger;
import java.util.random.RandomGenerator;

/** Uniform numbers of any size. */
final class Dice {
  private Dice() {}

  /** A number from 0 up to and without {@code bound}. */
  static BigInteger below(BigInteger bound, RandomGenerator random) {
    int bits = bound.bitLength();
    byte[] bytes = new byte[(bits + 7) / 8];
    while (true) {
      random.nextBytes(bytes);
      BigInteger drawn = new BigInteger(1, bytes).shiftRight(8 * bytes.length - bits);
      if (drawn.compareTo(bound) < 0) {
        return drawn;
      }
    }
  }
}
