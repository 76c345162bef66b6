package dev.ppe.distribution.failures;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPOutputStream;

/** Clients that read or write next to nothing. */
final class SlowClients {
  private static final int CALLS = 300;
  private static final int STREAMS = 900;
  private static final int REQUESTS_OF_A_STREAM = 2; // as many as are read of it
  private static final int LARGE = 64 << 20;
  private static final int HUGE_WINDOW = Integer.MAX_VALUE;
  private static final int USUAL_WINDOW = 65_535;
  private static final int AT_ONCE = 500;

  /** Zeros by their number: attackers are to have cores for other things. */
  private static final Map<Integer, byte[]> PACKED = new ConcurrentHashMap<>();

  private SlowClients() {}

  /** Hundreds of calls, or requests of one stream, by a client that reads not a byte. */
  static void read(Attacker attacker, RandomGenerator random)
      throws IOException, InterruptedException {
    RawConnection connection = attacker.connect();
    try {
      connection.beginWithWindow(random.nextBoolean() ? HUGE_WINDOW : USUAL_WINDOW);
      if (random.nextInt(3) == 0) {
        connection.write(Frames.call(1, "EstimateStream"));
        for (int i = 0; i < CALLS && !attacker.isOver(); i++) {
          connection.write(Frames.message(1, Requests.ofStream("" + i, Requests.small()), false));
        }
      } else {
        byte[] request = Requests.small().toByteArray();
        for (int i = 0; i < CALLS && !attacker.isOver(); i++) {
          connection.write(Frames.call(1 + 2 * i, "Estimate"));
          connection.write(Frames.message(1 + 2 * i, request, true));
        }
      }
      pause(attacker, 500 + random.nextInt(1500));
      connection.reset();
    } finally {
      attacker.drop(connection);
    }
  }

  /** Many streams on one connection whose windows are shut, each with as much as it may ask. */
  static void readNoStream(Attacker attacker, RandomGenerator random)
      throws IOException, InterruptedException {
    RawConnection connection = attacker.connect();
    try {
      connection.beginWithoutWindow();
      byte[] message = Requests.ofStream("id", Requests.withLongAnswer());
      for (int i = 0; i < STREAMS && !attacker.isOver(); i++) {
        connection.write(Frames.call(1 + 2 * i, "EstimateStream"));
        for (int j = 0; j < REQUESTS_OF_A_STREAM; j++) {
          connection.write(Frames.message(1 + 2 * i, message, false));
        }
        Thread.sleep(5); // faster than they are taken, and the connection's own window is overrun
      }
      pause(attacker, 500 + random.nextInt(1500));
      connection.reset();
    } finally {
      attacker.drop(connection);
    }
  }

  /** A request that comes byte by byte. */
  static void write(Attacker attacker, RandomGenerator random)
      throws IOException, InterruptedException {
    RawConnection connection = attacker.connect();
    try {
      byte[] request = Requests.small().toByteArray();
      byte[] head = Frames.call(1, random.nextBoolean() ? "Estimate" : "EstimateStream");
      byte[] body = Frames.message(1, request, true);
      connection.begin();
      dribble(attacker, connection, head);
      dribble(attacker, connection, body);
    } finally {
      attacker.drop(connection);
    }
  }

  /** Requests that stop short of their ends: a large one, a packed one, or one in small pieces. */
  static void stopShort(Attacker attacker, RandomGenerator random)
      throws IOException, InterruptedException {
    RawConnection connection = attacker.connect();
    try {
      int length = Math.min(attacker.promises().maxMessageBytes(), LARGE);
      switch (random.nextInt(4)) {
        case 0 -> packed(attacker, connection.begin(), length);
        case 1 -> inPieces(attacker, connection.beginWithoutWindow());
        default -> large(attacker, connection, length, random);
      }
    } finally {
      attacker.drop(connection);
    }
  }

  /** All but one byte; where no answer may be sent, behind a message that has one. */
  private static void large(
      Attacker attacker, RawConnection connection, int length, RandomGenerator random)
      throws IOException, InterruptedException {
    byte[] prefix = ByteBuffer.allocate(5).put((byte) 0).putInt(length).array();
    if (random.nextBoolean()) {
      connection
          .begin()
          .write(Frames.call(1, random.nextBoolean() ? "Estimate" : "EstimateStream"));
    } else {
      connection.beginWithoutWindow().write(Frames.call(1, "EstimateStream"));
      connection.write(Frames.message(1, new byte[0], false));
    }
    connection.write(Frames.frame(Frames.DATA, 0, 1, prefix));
    if (connection.writeWithinWindows(1, length - 1)) {
      pause(attacker, Integer.MAX_VALUE);
    }
  }

  /** Whole, and a thousandth of what it unpacks to; its end is not told. */
  private static void packed(Attacker attacker, RawConnection connection, int length)
      throws IOException, InterruptedException {
    connection.write(Frames.packedCall(1, "Estimate"));
    byte[] message =
        Frames.message(1, PACKED.computeIfAbsent(length, SlowClients::packedZeros), false);
    message[Frames.HEADER] = 1; // it is packed
    connection.write(message);
    pause(attacker, 1000 + length / 100_000);
  }

  private static byte[] repeated(byte[] frame) {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int i = 0; i < AT_ONCE; i++) {
      frames.writeBytes(frame);
    }
    return frames.toByteArray();
  }

  private static byte[] packedZeros(int length) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      byte[] zeros = new byte[1 << 16];
      for (int left = length; left > 0; left -= zeros.length) {
        gzip.write(zeros, 0, Math.min(left, zeros.length));
      }
    } catch (IOException e) { // into memory
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Thousands of frames of a byte, on a stream that is not read on as its client reads nothing. */
  private static void inPieces(Attacker attacker, RawConnection connection)
      throws IOException, InterruptedException {
    connection.write(Frames.call(1, "EstimateStream"));
    byte[] messages = repeated(Frames.message(1, new byte[0], false));
    byte[] pieces = repeated(Frames.frame(Frames.DATA, 0, 1, new byte[1]));
    connection.write(messages).write(messages);
    for (int i = 0; i < (USUAL_WINDOW - 10_000) / AT_ONCE && !attacker.isOver(); i++) {
      connection.write(pieces);
      Thread.sleep(1); // they are to be held, and not to take all cores
    }
    pause(attacker, 1000);
  }

  private static void dribble(Attacker attacker, RawConnection connection, byte[] bytes)
      throws IOException, InterruptedException {
    for (int i = 0; i < bytes.length && !attacker.isOver(); i++) {
      connection.write(new byte[] {bytes[i]});
      Thread.sleep(1);
    }
  }

  /** Sleeps, though not beyond the attack's end. */
  static void pause(Attacker attacker, int millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000L;
    while (System.nanoTime() - end < 0 && !attacker.isOver()) {
      Thread.sleep(10);
    }
  }
}
