package dev.ppe.distribution.failures;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A TCP connection to a server, from another address of this machine than the healthy clients', and
 * bytes of HTTP/2 and gRPC ({@link Frames}) to write to it. Nothing is ever read unless asked for.
 */
final class RawConnection implements AutoCloseable {
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int INITIAL_WINDOW_SIZE = 4;
  private static final int USUAL_WINDOW = 65_535;
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
    return write(PREFACE).write(Frames.frame(Frames.SETTINGS, 0, 0, new byte[0]));
  }

  /** The same of a client that lets everything be sent to it at once. */
  RawConnection beginWithWindow(int window) throws IOException {
    byte[] setting =
        ByteBuffer.allocate(6).putShort((short) INITIAL_WINDOW_SIZE).putInt(window).array();
    byte[] more = ByteBuffer.allocate(4).putInt(window - 65_535).array();
    return write(PREFACE)
        .write(Frames.frame(Frames.SETTINGS, 0, 0, setting))
        .write(Frames.frame(Frames.WINDOW_UPDATE, 0, 0, more));
  }

  /** The same of a client that lets nothing be sent to it. */
  RawConnection beginWithoutWindow() throws IOException {
    byte[] setting = ByteBuffer.allocate(6).putShort((short) INITIAL_WINDOW_SIZE).putInt(0).array();
    return write(PREFACE).write(Frames.frame(Frames.SETTINGS, 0, 0, setting));
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
      int some =
          (int) Math.min(Math.min(ofConnection, ofStream), Math.min(left, Frames.MOST_BYTES));
      if (some > 0) {
        write(Frames.frame(Frames.DATA, 0, stream, new byte[some]));
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
        if (type == Frames.WINDOW_UPDATE && of == 0) {
          ofConnection += ByteBuffer.wrap(payload).getInt();
        } else if (type == Frames.WINDOW_UPDATE && of == stream) {
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
}
