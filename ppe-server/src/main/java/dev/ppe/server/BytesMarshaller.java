package dev.ppe.server;

import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Messages as they are on the wire. Large ones are read into few large arrays, which the collector
 * leaves where they are: the JDK's own way is by 16 KiB, of which it would move megabytes. A thread
 * that unpacks much yields to others now and then: 60 KB may become 60 MB, in a tenth of a second.
 */
final class BytesMarshaller implements Marshaller<byte[]> {
  private static final int FIRST_PART = 1 << 14;
  private static final int LARGEST_PART = 1 << 23;

  /** After so many bytes, in some half a millisecond of unpacking, a thread yields to others. */
  private static final int TURN = 1 << 18;

  @Override
  public InputStream stream(byte[] message) {
    return new ByteArrayInputStream(message);
  }

  /**
   * {@inheritDoc}
   *
   * @throws StatusRuntimeException INVALID_ARGUMENT if its compressed form is damaged,
   *     RESOURCE_EXHAUSTED (gRPC's own) if it is larger than the server takes
   */
  @Override
  public byte[] parse(InputStream stream) {
    try {
      return stream instanceof KnownLength ? exactly(stream) : unpacked(stream);
    } catch (IOException e) { // from memory: only unpacking fails
      throw damaged();
    }
  }

  private static byte[] exactly(InputStream stream) throws IOException {
    byte[] message = new byte[stream.available()];
    int read = stream.readNBytes(message, 0, message.length);
    return read == message.length ? message : Arrays.copyOf(message, read);
  }

  private static byte[] unpacked(InputStream stream) throws IOException {
    List<byte[]> parts = new ArrayList<>();
    int size = FIRST_PART;
    while (true) {
      byte[] part = new byte[size];
      int read = fill(part, stream);
      if (read < size) {
        return joined(parts, part, read);
      }
      parts.add(part);
      size = Math.min(2 * size, LARGEST_PART);
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // only who goes first depends on it
  private static int fill(byte[] part, InputStream stream) throws IOException {
    int filled = 0;
    while (true) {
      int wanted = Math.min(TURN, part.length - filled);
      int read = stream.readNBytes(part, filled, wanted);
      filled += read;
      if (read < wanted || filled == part.length) {
        return filled;
      }
      Thread.yield();
    }
  }

  private static byte[] joined(List<byte[]> parts, byte[] last, int ofLast) {
    int before = parts.stream().mapToInt(part -> part.length).sum();
    byte[] message = new byte[before + ofLast];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, message, at, part.length);
      at += part.length;
    }
    System.arraycopy(last, 0, message, at, ofLast);
    return message;
  }

  /** What a message's compressed form is when it cannot be unpacked: INVALID_ARGUMENT. */
  static StatusRuntimeException damaged() {
    return Status.INVALID_ARGUMENT
        .withDescription("the message cannot be decompressed")
        .asRuntimeException();
  }
}
