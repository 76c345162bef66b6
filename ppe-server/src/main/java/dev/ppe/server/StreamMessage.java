package dev.ppe.server;

import com.google.protobuf.CodedInputStream;
import dev.ppe.server.observe.Arrival;
import dev.ppe.server.observe.EncodedTask;
import dev.ppe.v1.EstimateStreamRequest;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A message of a stream as it came: the bytes of an {@link EstimateStreamRequest}, and when. */
final class StreamMessage {
  /**
   * Longer ids would have to be kept for refusals before it is known what else there is room for.
   */
  private static final int LONGEST_ID = 1 << 16;

  private static final int DELIMITED = 2;
  private static final int ID = EstimateStreamRequest.ID_FIELD_NUMBER << 3 | DELIMITED;
  private static final int REQUEST = EstimateStreamRequest.REQUEST_FIELD_NUMBER << 3 | DELIMITED;

  private final byte[] bytes;
  private final Arrival arrival;

  StreamMessage(byte[] bytes, Arrival arrival) {
    this.bytes = bytes;
    this.arrival = arrival;
  }

  byte[] bytes() {
    return bytes;
  }

  Arrival arrival() {
    return arrival;
  }

  /**
   * What it takes to answer that there is no answer.
   *
   * @param id the client's own
   * @param hasRequest whether there is one
   * @param task what it asks for
   */
  record Head(String id, boolean hasRequest, EncodedTask task) {}

  /**
   * The head, found without reading the network.
   *
   * @throws StatusRuntimeException INVALID_ARGUMENT if it has none: {@link
   *     WeighedRequests#isNoMessage}
   */
  Head head() {
    EncodedTask.Reader task = new EncodedTask.Reader();
    String id = "";
    boolean hasRequest = false;
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    try {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (tag) {
          case ID -> id = id(in);
          case REQUEST -> {
            hasRequest = true;
            int rest = in.pushLimit(in.readRawVarint32());
            task.read(in);
            in.popLimit(rest);
          }
          default -> {
            if (!in.skipField(tag)) {
              throw new IOException("a group ends that did not begin");
            }
          }
        }
      }
    } catch (IOException e) {
      throw WeighedRequests.noMessage(e);
    }
    return new Head(id, hasRequest, task.task());
  }

  private static String id(CodedInputStream in) throws IOException {
    int length = in.readRawVarint32();
    if (length > LONGEST_ID) {
      throw new IOException("id has %d bytes, the limit is %d".formatted(length, LONGEST_ID));
    }
    ByteBuffer utf8 = ByteBuffer.wrap(in.readRawBytes(length));
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
    } catch (CharacterCodingException e) {
      throw new IOException("id is no UTF-8", e);
    }
  }

  /** Reads no more than the bytes. */
  static Marshaller<StreamMessage> marshaller() {
    BytesMarshaller bytes = new BytesMarshaller();
    return new Marshaller<>() {
      @Override
      public StreamMessage parse(InputStream stream) {
        Arrival arrival = Arrival.now();
        return new StreamMessage(bytes.parse(stream), arrival);
      }

      @Override
      public InputStream stream(StreamMessage value) {
        throw new IllegalStateException("a server sends no requests");
      }
    };
  }
}
