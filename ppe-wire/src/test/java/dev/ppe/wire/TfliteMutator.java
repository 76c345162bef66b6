package dev.ppe.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;

/** Damages copies of a TFLite file where its structure is: everywhere but in long constants. */
final class TfliteMutator {
  /** Shorter ones are shapes, axes and paddings, which decide as much as any field. */
  private static final int LONG_CONSTANT = 64;

  private static final int BUFFERS = 4;
  private static final int DATA = 0;

  private static final int[] INTERESTING = {
    0,
    1,
    -1,
    2,
    4,
    127,
    128,
    255,
    0x7fff,
    0xffff,
    0x10000,
    100_000,
    1 << 20,
    -4,
    -8,
    0x3fffffff,
    0x40000000,
    0x7ffffff0,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE
  };

  private final byte[] original;
  private final int[] structure;

  /** For copies of {@code original}, a file without mistakes. */
  TfliteMutator(byte[] original) {
    this.original = original;
    structure = structure(ByteBuffer.wrap(original).order(ByteOrder.LITTLE_ENDIAN));
  }

  /** A copy with one to four changes, or one that is cut short. */
  byte[] mutant(Random random) {
    if (random.nextInt(50) == 0) {
      return Arrays.copyOf(original, random.nextInt(original.length));
    }
    byte[] mutant = original.clone();
    for (int change = random.nextInt(4); change >= 0; change--) {
      change(mutant, random);
    }
    return mutant;
  }

  private void change(byte[] mutant, Random random) {
    int at = place(random);
    int word = Math.min(at & -Integer.BYTES, mutant.length - Integer.BYTES);
    ByteBuffer words = ByteBuffer.wrap(mutant).order(ByteOrder.LITTLE_ENDIAN);
    switch (random.nextInt(5)) {
      case 0 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> mutant[at] = (byte) random.nextInt(256);
      case 2 -> words.putInt(word, INTERESTING[random.nextInt(INTERESTING.length)]);
      case 3 -> words.putInt(word, words.getInt(word) + random.nextInt(9) - 4);
      default -> {
        int from = place(random);
        int room = mutant.length - Math.max(at, from);
        System.arraycopy(mutant, from, mutant, at, Math.min(4 + random.nextInt(60), room));
      }
    }
  }

  private int place(Random random) {
    return structure[random.nextInt(structure.length)];
  }

  private static int[] structure(ByteBuffer file) {
    BitSet bytes = new BitSet(file.capacity());
    bytes.set(0, file.capacity());
    int buffers = target(file, field(file, target(file, 0), BUFFERS));
    for (int i = 1; i <= file.getInt(buffers); i++) {
      int data = field(file, target(file, buffers + Integer.BYTES * i), DATA);
      if (data != 0) {
        int length = file.getInt(target(file, data));
        int first = target(file, data) + Integer.BYTES;
        if (length > LONG_CONSTANT) {
          bytes.clear(first, first + length);
        }
      }
    }
    return bytes.stream().toArray();
  }

  /** Where an offset points to. */
  private static int target(ByteBuffer file, int offset) {
    return offset + file.getInt(offset);
  }

  /** Where a table has a field; 0 if it has none. */
  private static int field(ByteBuffer file, int table, int number) {
    int fields = table - file.getInt(table);
    int entry = 4 + Short.BYTES * number;
    int place = entry < file.getShort(fields) ? file.getShort(fields + entry) : 0;
    return place == 0 ? 0 : table + place;
  }
}
