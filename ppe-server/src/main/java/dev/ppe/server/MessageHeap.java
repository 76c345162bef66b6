package dev.ppe.server;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.ppe.server.MessageLayout.Field;
import dev.ppe.server.MessageLayout.Kind;
import dev.ppe.server.RequestCounts.Counted;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.format.ModelFootprint;
import dev.ppe.simulator.graph.GraphTooLargeException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * How much heap a message takes with its bytes once it is parsed, told before it is: two bytes of
 * an empty node become an object of fifty. An upper bound: what comes twice in a message counts
 * twice, and lists count as long as they may have grown. Of a model file the network in it counts
 * besides ({@link ModelFootprint}). Fields that the type does not have take nothing: they are not
 * kept ({@link WeighedRequests}).
 */
final class MessageHeap {
  /** Bytes that are looked at in some microseconds. */
  private static final int BYTES_PER_CHECK = 1 << 14;

  private final byte[] message;
  private final CodedInputStream in;
  private final RequestLimits limits;
  private final Interruption interruption;
  private final RequestCounts counts;
  private ByteBuffer model = ByteBuffer.allocate(0);
  private long heap;

  private MessageHeap(byte[] message, RequestLimits limits, Interruption interruption) {
    this.message = message;
    this.in = CodedInputStream.newInstance(message);
    this.limits = limits;
    this.interruption = interruption;
    this.counts = new RequestCounts(limits.graph());
    this.heap = message.length;
  }

  /**
   * What a message comes to.
   *
   * @param bytes of heap
   * @param nodes of a graph; 0 of a model file
   * @param fileBytes of a model file; 0 of a graph
   */
  record Weight(long bytes, int nodes, int fileBytes) {}

  /**
   * The weight of {@code message}, of which no more is looked at once it is too large.
   *
   * @throws InvalidProtocolBufferException if it is no message
   * @throws GraphTooLargeException if it, or the network in a model file, exceeds the limits
   * @throws java.util.concurrent.CancellationException if {@code interruption} throws it
   */
  static Weight of(
      byte[] message, MessageLayout layout, RequestLimits limits, Interruption interruption)
      throws InvalidProtocolBufferException {
    try {
      return new MessageHeap(message, limits, interruption).of(layout);
    } catch (InvalidProtocolBufferException e) {
      throw e;
    } catch (IOException e) { // from memory: there is no other one
      throw new InvalidProtocolBufferException(e);
    }
  }

  private Weight of(MessageLayout layout) throws IOException {
    addMessage(layout);
    add(ModelFootprint.of(model, limits.graph(), limits.mostBytes() - heap, interruption));
    return new Weight(heap, counts.nodes(), model.remaining());
  }

  private void add(long bytes) {
    heap += bytes;
    if (heap > limits.mostBytes()) {
      throw new GraphTooLargeException(
          "request: would take more than %d bytes of memory, the limit of this server"
              .formatted(limits.mostBytes()));
    }
  }

  private void addMessage(MessageLayout layout) throws IOException {
    add(layout.instance());
    long seen = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      seeField();
      Field field = layout.field(WireFormat.getTagFieldNumber(tag));
      long bit = 1L << field.index();
      if ((seen & bit) == 0 && field.kind() != Kind.UNKNOWN) {
        add(field.first());
        seen |= bit;
      }
      if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        addContent(field);
      } else {
        addElements(field, 1);
        skip(tag);
      }
    }
  }

  private void seeField() {
    counts.add(Counted.FIELDS, 1);
    interruption.checkAt(counts.fields());
  }

  private void addElements(Field field, int count) {
    if (field.counted() != Counted.FIELDS) { // as which it is counted already
      counts.add(field.counted(), count);
    }
    add((long) field.each() * count);
  }

  /**
   * Passes over a number or a group. Groups are nothing that a request has, but parsers see them.
   */
  private void skip(int tag) throws IOException {
    int depth = 0;
    int next = tag;
    do {
      switch (WireFormat.getTagWireType(next)) {
        case WireFormat.WIRETYPE_START_GROUP -> depth++;
        case WireFormat.WIRETYPE_END_GROUP -> depth--;
        default -> {
          var unused = in.skipField(next);
        }
      }
      if (depth < 0) {
        throw new InvalidProtocolBufferException("a group ends that did not begin");
      }
      if (depth > 0) {
        next = in.readTag();
        seeField();
      }
    } while (depth > 0 && next != 0);
    if (depth > 0) {
      throw new InvalidProtocolBufferException("a group does not end");
    }
  }

  private void addContent(Field field) throws IOException {
    int length = in.readRawVarint32();
    if (field.kind() == Kind.NUMBERS) {
      addElements(field, bytesBelow128(length));
      return;
    }
    addElements(field, 1);
    switch (field.kind()) {
      case MESSAGE -> {
        int outer = in.pushLimit(length);
        addMessage(field.message());
        in.popLimit(outer);
      }
      case TEXT -> add(bytesBelow128(length) == length ? length : 2L * length);
      case MODEL -> {
        int start = in.getTotalBytesRead();
        in.skipRawBytes(length);
        model = ByteBuffer.wrap(message, start, length); // the last of several is the request's
      }
      case BYTES, NUMBERS, NUMBER, UNKNOWN -> in.skipRawBytes(length);
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
