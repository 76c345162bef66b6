package dev.ppe.server;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.ppe.server.MessageLayout.Field;
import dev.ppe.server.MessageLayout.Kind;
import dev.ppe.simulator.format.ModelFootprint;
import dev.ppe.simulator.graph.GraphLimits;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * How much heap a message takes once it is parsed, told from its bytes before it is: two bytes of
 * an empty node become an object of fifty. An upper bound: what comes twice in a message counts
 * twice, and lists count as long as they may have grown. Of a model file the network in it counts
 * besides ({@link ModelFootprint}). Fields that the type does not have do not count: they are not
 * kept ({@link WeighedRequests}).
 */
final class MessageHeap {
  private final byte[] message;
  private final CodedInputStream in;
  private ByteBuffer model = ByteBuffer.allocate(0);

  private MessageHeap(byte[] message) {
    this.message = message;
    this.in = CodedInputStream.newInstance(message);
  }

  /**
   * Bytes of heap that {@code message} takes.
   *
   * @param limits on the network in a model file
   * @throws InvalidProtocolBufferException if it is no message
   * @throws dev.ppe.simulator.graph.GraphTooLargeException if a model file exceeds the limits
   */
  static long of(byte[] message, MessageLayout layout, GraphLimits limits)
      throws InvalidProtocolBufferException {
    try {
      MessageHeap heap = new MessageHeap(message);
      return heap.of(layout) + ModelFootprint.of(heap.model, limits);
    } catch (InvalidProtocolBufferException e) {
      throw e;
    } catch (IOException e) { // from memory: there is no other one
      throw new InvalidProtocolBufferException(e);
    }
  }

  private long of(MessageLayout layout) throws IOException {
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
        heap += ofContent(field);
      } else {
        heap += field.each();
        if (!in.skipField(tag)) {
          throw new InvalidProtocolBufferException("a group ends that did not begin");
        }
      }
    }
    return heap;
  }

  private long ofContent(Field field) throws IOException {
    int length = in.readRawVarint32();
    return switch (field.kind()) {
      case MESSAGE -> {
        int outer = in.pushLimit(length);
        long heap = of(field.message());
        in.popLimit(outer);
        yield field.each() + heap;
      }
      case NUMBERS -> (long) field.each() * bytesBelow128(length);
      case TEXT -> field.each() + (bytesBelow128(length) == length ? length : 2L * length);
      case MODEL -> {
        int start = in.getTotalBytesRead();
        in.skipRawBytes(length);
        model = ByteBuffer.wrap(message, start, length); // the last of several is the request's
        yield field.each() + length;
      }
      case BYTES, NUMBER, UNKNOWN -> {
        in.skipRawBytes(length);
        yield field.each() + (field.kind() == Kind.BYTES ? length : 0L);
      }
    };
  }

  /**
   * How many of the next bytes are below 128. Each of several numbers ends with one, so there are
   * no more; and a string of nothing else takes a byte for each character, others up to two.
   */
  private int bytesBelow128(int length) throws IOException {
    int start = in.getTotalBytesRead();
    in.skipRawBytes(length); // throws if the message ends before
    int count = 0;
    for (int i = start; i < start + length; i++) {
      count += message[i] >= 0 ? 1 : 0;
    }
    return count;
  }
}
