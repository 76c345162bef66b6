package dev.ppe.server;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.ppe.server.MessageLayout.Field;
import dev.ppe.server.MessageLayout.Kind;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.format.ModelFootprint;
import dev.ppe.simulator.graph.GraphTooLargeException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * How much heap a message takes once it is parsed, told from its bytes before it is: two bytes of
 * an empty node become an object of fifty. An upper bound: what comes twice in a message counts
 * twice, and lists count as long as they may have grown. Of a model file the network in it counts
 * besides ({@link ModelFootprint}). Fields that the type does not have do not count: they are not
 * kept ({@link WeighedRequests}).
 *
 * <p>Counting ends where there is more than may be.
 */
final class MessageHeap {
  /** Bytes that are looked at in some microseconds. */
  private static final int BYTES_PER_CHECK = 1 << 14;

  private final byte[] message;
  private final CodedInputStream in;
  private final RequestLimits limits;
  private final Interruption interruption;
  private ByteBuffer model = ByteBuffer.allocate(0);
  private boolean hasModel;
  private long heap;
  private int fields;

  private MessageHeap(byte[] message, RequestLimits limits, Interruption interruption) {
    this.message = message;
    this.in = CodedInputStream.newInstance(message);
    this.limits = limits;
    this.interruption = interruption;
  }

  /**
   * Bytes of heap that {@code message} takes.
   *
   * @throws InvalidProtocolBufferException if it is no message
   * @throws GraphTooLargeException if it, or the network in a model file, exceeds the limits
   * @throws java.util.concurrent.CancellationException if {@code interruption} throws it
   */
  static long of(
      byte[] message, MessageLayout layout, RequestLimits limits, Interruption interruption)
      throws InvalidProtocolBufferException {
    try {
      MessageHeap heap = new MessageHeap(message, limits, interruption);
      heap.add(layout);
      heap.add(
          ModelFootprint.of(
              heap.model, limits.graph(), limits.mostBytes() - heap.heap, interruption));
      return heap.heap;
    } catch (InvalidProtocolBufferException e) {
      throw e;
    } catch (IOException e) { // from memory: there is no other one
      throw new InvalidProtocolBufferException(e);
    }
  }

  private void add(long bytes) {
    heap += bytes;
    if (heap > limits.mostBytes()) {
      throw new GraphTooLargeException(
          "request: would take more than %d bytes of memory, the limit of this server"
              .formatted(limits.mostBytes()));
    }
  }

  private void add(MessageLayout layout) throws IOException {
    add(layout.instance());
    long seen = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      interruption.checkAt(fields++);
      Field field = layout.field(WireFormat.getTagFieldNumber(tag));
      long bit = 1L << field.index();
      if ((seen & bit) == 0 && field.kind() != Kind.UNKNOWN) {
        add(field.first());
        seen |= bit;
      }
      if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        addContent(field);
      } else {
        add(field.each());
        skip(tag);
      }
    }
  }

  /** Passes over a field that has no length, which may be a group of others. */
  private void skip(int tag) throws IOException {
    int open = 0;
    for (int next = tag; ; next = in.readTag()) {
      interruption.checkAt(fields++);
      switch (WireFormat.getTagWireType(next)) {
        case WireFormat.WIRETYPE_START_GROUP -> open++;
        case WireFormat.WIRETYPE_END_GROUP -> open--;
        default -> in.skipField(next);
      }
      if (open < 0 || (next == 0 && open > 0)) {
        throw new InvalidProtocolBufferException("a group ends that did not begin, or never");
      }
      if (open == 0) {
        return;
      }
    }
  }

  private void addContent(Field field) throws IOException {
    int length = in.readRawVarint32();
    switch (field.kind()) {
      case MESSAGE -> {
        int outer = in.pushLimit(length);
        add(field.each());
        add(field.message());
        in.popLimit(outer);
      }
      case NUMBERS -> add((long) field.each() * bytesBelow128(length));
      case TEXT -> add(field.each() + (bytesBelow128(length) == length ? length : 2L * length));
      case MODEL -> {
        int start = in.getTotalBytesRead();
        in.skipRawBytes(length);
        add(field.each() + (hasModel ? 0L : message.length)); // which stays for the file in it
        hasModel = true;
        model = ByteBuffer.wrap(message, start, length); // the last of several is the request's
      }
      case BYTES, NUMBER, UNKNOWN -> {
        in.skipRawBytes(length);
        add(field.each() + (field.kind() == Kind.BYTES ? length : 0L));
      }
    }
  }

  /**
   * How many of the next bytes are below 128. Each of several numbers ends with one, so there are
   * no more; and a string of nothing else takes a byte for each character, others up to two.
   */
  private int bytesBelow128(int length) throws IOException {
    int start = in.getTotalBytesRead();
    in.skipRawBytes(length); // throws if the message ends before
    int count = 0;
    for (int i = 0; i < length; i++) {
      if (i % BYTES_PER_CHECK == 0) {
        interruption.check();
      }
      count += message[start + i] >= 0 ? 1 : 0;
    }
    return count;
  }
}
