package dev.ppe.distribution.failures;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Bytes that are no HTTP/2, frames that make no sense, and floods of frames that do. */
final class Garbage {
  private static final int FLOOD = 2000;

  private Garbage() {}

  static void send(Attacker attacker, RandomGenerator random) throws IOException {
    RawConnection connection = attacker.connect();
    try {
      switch (random.nextInt(12)) {
        case 0 -> connection.write(bytes(random, 1 + random.nextInt(5000)));
        case 1 -> connection.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
        case 2 -> connection.write(new byte[] {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3});
        case 3 -> connection.begin().write(bytes(random, 1 + random.nextInt(5000)));
        case 4, 5, 6 -> randomFrames(connection.begin(), random);
        case 7 -> rapidReset(connection.begin());
        case 8 -> flood(connection.begin(), Frames.frame(Frames.PING, 0, 0, new byte[8]));
        case 9 -> flood(connection.begin(), Frames.frame(Frames.SETTINGS, 0, 0, new byte[0]));
        case 10 -> endlessHeaders(connection.begin(), random);
        default -> emptyData(connection.begin());
      }
      connection.awaitClose(50);
    } finally {
      attacker.drop(connection);
    }
  }

  private static byte[] bytes(RandomGenerator random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Any type, flags and stream, with a call of a stream in between so that some of it is taken. */
  private static void randomFrames(RawConnection connection, RandomGenerator random)
      throws IOException {
    for (int i = 0; i < 50; i++) {
      if (random.nextInt(5) == 0) {
        connection.write(Frames.call(1 + 2 * random.nextInt(20), "EstimateStream"));
      }
      connection.write(
          Frames.frame(
              random.nextInt(Frames.MOST_TYPES),
              random.nextInt(256),
              random.nextInt(8) == 0 ? random.nextInt() : random.nextInt(40),
              bytes(random, random.nextInt(random.nextInt(10) == 0 ? 20_000 : 40))));
    }
  }

  /** Calls that are taken back at once (CVE-2023-44487). */
  private static void rapidReset(RawConnection connection) throws IOException {
    byte[] cancel = {0, 0, 0, 8};
    byte[] request = Frames.message(1, Requests.small().toByteArray(), true);
    for (int i = 0; i < FLOOD; i++) {
      int stream = 1 + 2 * i;
      connection.write(Frames.call(stream, "Estimate"));
      if (i == 0) {
        connection.write(request);
      }
      connection.write(Frames.frame(Frames.RST_STREAM, 0, stream, cancel));
    }
  }

  private static void flood(RawConnection connection, byte[] frame) throws IOException {
    for (int i = 0; i < FLOOD; i++) {
      connection.write(frame);
    }
  }

  /** Headers that go on and on (CVE-2024-27316). */
  private static void endlessHeaders(RawConnection connection, RandomGenerator random)
      throws IOException {
    connection.write(Frames.frame(Frames.HEADERS, 0, 1, Frames.headerBlock("Estimate")));
    byte[] field = {0, 1, 'x', 100};
    byte[] block = Arrays.copyOf(field, field.length + 100);
    Arrays.fill(block, field.length, block.length, (byte) ('a' + random.nextInt(26)));
    flood(connection, Frames.frame(Frames.CONTINUATION, 0, 1, block));
  }

  private static void emptyData(RawConnection connection) throws IOException {
    connection.write(Frames.call(1, "EstimateStream"));
    flood(connection, Frames.frame(Frames.DATA, 0, 1, new byte[0]));
  }
}
