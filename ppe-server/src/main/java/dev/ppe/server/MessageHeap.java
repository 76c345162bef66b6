package dev.ppe.server;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.ppe.server.MessageLayout.Field;
import dev.ppe.server.MessageLayout.Kind;
import java.io.IOException;

/**
 * How much heap a message takes once it is parsed, told from its bytes before it is: two bytes of
 * an empty node become an object of fifty. An upper bound: what comes twice in a message counts
 * twice, and lists count as long as they may have grown. Fields that the type does not have do not
 * count: they are not kept ({@link WeighedRequests}).
 */
final class MessageHeap {
  private MessageHeap() {}

  /**
   * Bytes of heap that {@code message} takes.
   *
   * @throws InvalidProtocolBufferException if it is no message
   */
  static long of(byte[] message, MessageLayout layout) throws InvalidProtocolBufferException {
    try {
      return of(CodedInputStream.newInstance(message), layout);
    } catch (InvalidProtocolBufferException e) {
      throw e;
    } catch (IOException e) { // from memory: there is no other one
      throw new InvalidProtocolBufferException(e);
    }
  }

  private static long of(CodedInputStream in, MessageLayout layout) throws IOException {
    long heap = layout.instance();
    long seen = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      Field field = layout.field(WireFormat.getTagFieldNumber(tag));
      long bit = 1L << field.index();
      if ((seen & bit) == 0 && field.kind() != Kind.UNKNOWN) {
        heap += field.first();
        seen |= bit;
      }
      if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        heap += ofContent(in, field);
      } else {
        heap += field.each();
        if (!in.skipField(tag)) {
          throw new InvalidProtocolBufferException("a group ends that did not begin");
        }
      }
    }
    return heap;
  }

  private static long ofContent(CodedInputStream in, Field field) throws IOException {
    int length = in.readRawVarint32();
    return switch (field.kind()) {
      case MESSAGE -> {
        int outer = in.pushLimit(length);
        long heap = of(in, field.message());
        in.popLimit(outer);
        yield field.each() + heap;
      }
      case NUMBERS -> (long) field.each() * countNumbers(in, length);
      case TEXT -> field.each() + characters(in, length);
      case BYTES, NUMBER, UNKNOWN -> {
        in.skipRawBytes(length);
        yield field.each() + (field.kind() == Kind.BYTES ? length : 0L);
      }
    };
  }

  /** How many numbers there are at the most: each ends with a byte below 128. */
  private static int countNumbers(CodedInputStream in, int length) throws IOException {
    int count = 0;
    for (int i = 0; i < length; i++) {
      count += in.readRawByte() >= 0 ? 1 : 0;
    }
    return count;
  }

  /** Bytes of a string's array: one for each character, or two if one of them has no less. */
  private static long characters(CodedInputStream in, int length) throws IOException {
    boolean ascii = true;
    for (int i = 0; i < length; i++) {
      ascii &= in.readRawByte() >= 0;
    }
    return ascii ? length : 2L * length;
  }
}
