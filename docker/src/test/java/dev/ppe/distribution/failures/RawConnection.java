package dev.ppe.distribution.failures;

import io.grpc.MethodDescriptor;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A TCP connection to a server, from another address of this machine than the healthy clients', and
 * bytes of HTTP/2 (RFC 9113) and gRPC to write to it. Nothing is ever read unless asked for.
 */
final class RawConnection implements AutoCloseable {
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

  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int INITIAL_WINDOW_SIZE = 4;
  private static final int USUAL_WINDOW = 65_535;
  private static final int MOST_OF_A_FRAME = 16_384;
  private static final int WINDOW_MILLIS = 10_000;

  private final Socket socket;
  private volatile boolean heard;

  RawConnection(RunningServer server, String from) throws IOException {
    socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), 10_000);
    socket.setTcpNoDelay(true);
  }

  RawConnection write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** What a client begins with. */
  RawConnection begin() throws IOException {
    return write(PREFACE).write(frame(SETTINGS, 0, 0, new byte[0]));
  }

  /** The same of a client that lets everything be sent to it at once. */
  RawConnection beginWithWindow(int window) throws IOException {
    byte[] setting =
        ByteBuffer.allocate(6).putShort((short) INITIAL_WINDOW_SIZE).putInt(window).array();
    byte[] more = ByteBuffer.allocate(4).putInt(window - 65_535).array();
    return write(PREFACE)
        .write(frame(SETTINGS, 0, 0, setting))
        .write(frame(WINDOW_UPDATE, 0, 0, more));
  }

  /** The same of a client that lets nothing be sent to it. */
  RawConnection beginWithoutWindow() throws IOException {
    byte[] setting = ByteBuffer.allocate(6).putShort((short) INITIAL_WINDOW_SIZE).putInt(0).array();
    return write(PREFACE).write(frame(SETTINGS, 0, 0, setting));
  }

  /** Waits until the server has closed its side, or for a time; returns whether it has. */
  boolean awaitClose(int millis) throws IOException {
    long end = System.nanoTime() + millis * 1_000_000L;
    byte[] thrownAway = new byte[8192];
    try {
      while (true) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return false;
        }
        socket.setSoTimeout((int) left);
        if (socket.getInputStream().read(thrownAway) < 0) {
          return true;
        }
        heard = true;
      }
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true; // reset
    }
  }

  /** Waits for the server's first bytes, or for a time; returns whether they came. */
  boolean awaitAnswer(int millis) throws IOException {
    socket.setSoTimeout(millis);
    try {
      if (socket.getInputStream().read(new byte[8192]) > 0) {
        heard = true;
      }
    } catch (SocketTimeoutException | SocketException e) {
      // None came, or a reset.
    }
    return heard;
  }

  /**
   * Whether the server has sent anything, as it does first of all on each connection that it does
   * not refuse. Nothing is read for that.
   */
  boolean wasTaken() {
    listen();
    return heard;
  }

  private void listen() {
    try {
      if (socket.getInputStream().available() > 0) {
        heard = true;
      }
    } catch (IOException e) {
      // Closed, or reset: it has said what it has said.
    }
  }

  /**
   * Writes zeros of a call's message as fast as the server's windows let it; returns whether all
   * were taken before the server ended the call.
   */
  boolean writeWithinWindows(int stream, int bytes) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    socket.setSoTimeout(WINDOW_MILLIS);
    long ofConnection = USUAL_WINDOW;
    long ofStream = USUAL_WINDOW;
    for (int left = bytes; left > 0; ) {
      int some = (int) Math.min(Math.min(ofConnection, ofStream), Math.min(left, MOST_OF_A_FRAME));
      if (some > 0) {
        write(frame(DATA, 0, stream, new byte[some]));
        left -= some;
        ofConnection -= some;
        ofStream -= some;
      } else {
        int length = (in.readUnsignedByte() << 16) + in.readUnsignedShort();
        int type = in.readUnsignedByte();
        in.readUnsignedByte(); // flags
        int of = in.readInt();
        byte[] payload = in.readNBytes(length);
        heard = true;
        if (type == WINDOW_UPDATE && of == 0) {
          ofConnection += ByteBuffer.wrap(payload).getInt();
        } else if (type == WINDOW_UPDATE && of == stream) {
          ofStream += ByteBuffer.wrap(payload).getInt();
        } else if (of == stream) {
          return false;
        }
      }
    }
    return true;
  }

  /** Ends it with a reset, as a process does that dies with data unread. */
  void reset() throws IOException {
    listen();
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() {
    listen();
    try {
      socket.close();
    } catch (IOException e) {
      // Closed it is.
    }
  }

  static byte[] frame(int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(9 + payload.length)
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

  /** HEADERS of a call of any service's method. */
  static byte[] call(int stream, MethodDescriptor<?, ?> method) {
    return callOf(stream, "/" + method.getFullMethodName());
  }

  /** HEADERS of a call of anything, such as {@code /no.such.Service/Method}. */
  static byte[] callOf(int stream, String path) {
    return frame(HEADERS, END_HEADERS, stream, headersOf(path));
  }

  static byte[] headerBlock(String method) {
    return headersOf("/ppe.v1.PowerPerformanceEvaluationService/" + method);
  }

  /** Literal fields without indexing (RFC 7541, 6.2.2): no table, no Huffman code. */
  private static byte[] headersOf(String path) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put(":method", "POST");
    fields.put(":scheme", "http");
    fields.put(":path", path);
    fields.put(":authority", "localhost");
    fields.put("content-type", "application/grpc");
    fields.put("te", "trailers");
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
    for (int from = 0; from < prefixed.length; from += 16_384) {
      int to = Math.min(prefixed.length, from + 16_384);
      boolean last = to == prefixed.length;
      byte[] part = Arrays.copyOfRange(prefixed, from, to);
      frames.writeBytes(frame(DATA, last && end ? END_STREAM : 0, stream, part));
    }
    return frames.toByteArray();
  }
}
