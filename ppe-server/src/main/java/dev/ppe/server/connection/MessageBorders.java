package dev.ppe.server.connection;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;

/**
 * Where messages end in the bytes of a call. Before each, gRPC has a byte of flags and four of its
 * length, the most significant one first ("gRPC over HTTP2", Length-Prefixed-Message).
 */
final class MessageBorders {
  private static final int PREFIX = 5;

  /** Bytes of the prefix that have come; and of the message, that have not. */
  private int ofPrefix;

  private long left;

  /** More has come. Returns how many messages end in it. */
  int pass(ByteBuf bytes) {
    int ended = 0;
    int end = bytes.writerIndex();
    for (int at = bytes.readerIndex(); at < end; ) {
      if (ofPrefix < PREFIX) {
        if (ofPrefix > 0) {
          left = left << Byte.SIZE | bytes.getUnsignedByte(at);
        }
        ofPrefix++;
        at++;
      } else {
        int some = (int) Math.min(left, end - at);
        left -= some;
        at += some;
      }
      if (ofPrefix == PREFIX && left == 0) {
        ended++;
        ofPrefix = 0;
      }
    }
    return ended;
  }

  /** How many bytes of the message that has begun have not come, by its own account. */
  long left() {
    return left;
  }

  /** Whether nothing has come since a message ended. */
  boolean isBetween() {
    return ofPrefix == 0;
  }
}
