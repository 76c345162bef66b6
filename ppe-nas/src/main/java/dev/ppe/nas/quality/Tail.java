package dev.ppe.nas.quality;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Reads a stream to its end and keeps the last few kilobytes of it. */
final class Tail {
  private static final int KEPT = 8 * 1024;
  private final byte[] ring = new byte[KEPT];
  private final Thread reader;
  private long length;

  private Tail(InputStream stream) {
    // No virtual thread: reading a pipe would hold on to its carrier, of which there are few.
    reader = Thread.ofPlatform().daemon().name("quality-command-output").start(() -> read(stream));
  }

  static Tail of(InputStream stream) {
    return new Tail(stream);
  }

  private void read(InputStream stream) {
    byte[] buffer = new byte[KEPT];
    try (stream) {
      for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
        keep(buffer, count);
      }
    } catch (IOException e) {
      // The process was killed: what came before it counts.
      return;
    }
  }

  private synchronized void keep(byte[] buffer, int count) {
    for (int i = 0; i < count; i++) {
      ring[(int) (length++ % KEPT)] = buffer[i];
    }
  }

  /** The end of the stream, as far as it was read within {@code patience}. */
  String text(Duration patience) throws InterruptedException {
    reader.join(patience);
    return kept();
  }

  private synchronized String kept() {
    int count = (int) Math.min(length, KEPT);
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = ring[(int) ((length - count + i) % KEPT)];
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
