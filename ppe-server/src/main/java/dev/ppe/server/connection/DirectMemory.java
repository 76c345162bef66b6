package dev.ppe.server.connection;

import io.grpc.netty.shaded.io.netty.util.internal.PlatformDependent;

/**
 * The memory outside of the heap that requests arrive in. Half is for what has come of them, in
 * part or unread. HTTP/2's windows let no more than half come for calls that nobody reads on,
 * however many connections have some. The rest is for frames that are not whole, and for what netty
 * keeps. So much as the largest message and the least window of each connection need is let in
 * although half is less.
 */
public final class DirectMemory {
  private static final int LEAST_WINDOW = (1 << 16) - 1; // what HTTP/2 begins with
  private static final int MOST_WINDOW = 1 << 20;

  private DirectMemory() {}

  /**
   * Bytes of requests that may be on their way: half of the memory, and in any case so many that a
   * message of the largest size that is not packed, of which one client may leave half, has room in
   * frames of 1 KiB.
   *
   * @param configured if it is not 0
   */
  static long forArriving(long configured, int maxMessageBytes) {
    return configured > 0
        ? configured
        : Math.max(PlatformDependent.maxDirectMemory() / 2, maxMessageBytes * 2L * 9 / 8);
  }

  /**
   * HTTP/2's window of a connection, and of a stream, where there are so many connections: a line
   * of 100 ms lets ten windows a second through.
   */
  public static int window(int maxConnections) {
    return Math.clamp(
        PlatformDependent.maxDirectMemory() / 2 / maxConnections, LEAST_WINDOW, MOST_WINDOW);
  }
}
