package dev.ppe.distribution.failures;

import io.grpc.MethodDescriptor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Bytes of HTTP/2 (RFC 9113) and of gRPC's calls on it, as a client sends them. */
final class Frames {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;
  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;
  static final int MOST_TYPES = 12;

  /** Bytes before a frame's payload. */
  static final int HEADER = 9;

  /** Bytes of a frame's payload, if nobody has said more. */
  static final int MOST_BYTES = 16_384;

  private static final String SERVICE = "/ppe.v1.PowerPerformanceEvaluationService/";

  private Frames() {}

  /** One frame of any type and with any payload. */
  static byte[] frame(int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(HEADER + payload.length)
        .put((byte) (payload.length >> 16))
        .putShort((short) payload.length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  /** HEADERS of a call of Estimate or EstimateStream. */
  static byte[] call(int stream, String method) {
    return frame(HEADERS, END_HEADERS, stream, headerBlock(method));
  }

  /** The same of a call whose messages may be packed. */
  static byte[] packedCall(int stream, String method) {
    return frame(
        HEADERS, END_HEADERS, stream, headersOf(SERVICE + method, Map.of("grpc-encoding", "gzip")));
  }

  /** HEADERS of a call of any service's method. */
  static byte[] call(int stream, MethodDescriptor<?, ?> method) {
    return callOf(stream, "/" + method.getFullMethodName());
  }

  /** HEADERS of a call of anything, such as {@code /no.such.Service/Method}. */
  static byte[] callOf(int stream, String path) {
    return frame(HEADERS, END_HEADERS, stream, headersOf(path, Map.of()));
  }

  /** The payload of such HEADERS, without the frame. */
  static byte[] headerBlock(String method) {
    return headersOf(SERVICE + method, Map.of());
  }

  /** Literal fields without indexing (RFC 7541, 6.2.2): no table, no Huffman code. */
  private static byte[] headersOf(String path, Map<String, String> more) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put(":method", "POST");
    fields.put(":scheme", "http");
    fields.put(":path", path);
    fields.put(":authority", "localhost");
    fields.put("content-type", "application/grpc");
    fields.put("te", "trailers");
    fields.putAll(more);
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    fields.forEach(
        (name, value) -> {
          block.write(0);
          block.write(name.length());
          block.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
          block.write(value.length());
          block.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
        });
    return block.toByteArray();
  }

  /** A message with gRPC's length before it, as DATA frames of up to 16 KiB; the last one ends. */
  static byte[] message(int stream, byte[] message, boolean end) {
    byte[] prefixed =
        ByteBuffer.allocate(5 + message.length)
            .put((byte) 0)
            .putInt(message.length)
            .put(message)
            .array();
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int from = 0; from < prefixed.length; from += MOST_BYTES) {
      int to = Math.min(prefixed.length, from + MOST_BYTES);
      boolean last = to == prefixed.length;
      byte[] part = Arrays.copyOfRange(prefixed, from, to);
      frames.writeBytes(frame(DATA, last && end ? END_STREAM : 0, stream, part));
    }
    return frames.toByteArray();
  }
}
