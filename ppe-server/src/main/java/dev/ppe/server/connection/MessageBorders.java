package dev.ppe.server.connection;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * Where messages end in the bytes of a call. Before each, gRPC has a byte that says whether it is
 * packed and four of its length, the most significant one first ("gRPC over HTTP2",
 * Length-Prefixed-Message).
 */
final class MessageBorders {
  private static final int PREFIX = 5;

  private static final int PLAIN = 0;
  private static final int PACKED = 1;

  private final boolean mayPack;
  private Optional<String> fault = Optional.empty();

  /** Bytes of the prefix that have come; and of the message, that have not. */
  private int ofPrefix;

  private long left;

  /** Of no bytes yet; whether messages {@code mayPack} is what the call's headers say. */
  MessageBorders(boolean mayPack) {
    this.mayPack = mayPack;
  }

  /** More has come. Returns how many messages end in it. */
  int pass(ByteBuf bytes) {
    int ended = 0;
    int end = bytes.writerIndex();
    for (int at = bytes.readerIndex(); at < end; ) {
      if (ofPrefix < PREFIX) {
        int value = bytes.getUnsignedByte(at);
        if (ofPrefix > 0) {
          left = left << Byte.SIZE | value;
        } else if (value != PLAIN && !(value == PACKED && mayPack)) {
          fault =
              Optional.of(
                  value == PACKED
                      ? "a message is packed, and grpc-encoding does not say how"
                      : "a message begins with %d, must be 0 or 1".formatted(value));
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

  /** What is wrong with what has come, if anything is. */
  Optional<String> fault() {
    return fault;
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
