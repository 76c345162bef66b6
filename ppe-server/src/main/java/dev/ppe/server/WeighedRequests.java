package dev.ppe.server;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateStreamRequest;
import dev.ppe.v1.Node;
import dev.ppe.v1.Tensor;
import dev.ppe.wire.Statuses;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;

/**
 * Reads requests, and tells how much memory each takes until it is answered: as a message, and as
 * the network that a worker makes of it. Fields that nobody here knows are dropped: kept, a byte of
 * them could take a hundred.
 *
 * @param <M> a request
 */
final class WeighedRequests<M extends Message> {
  /**
   * Bytes of a node and a tensor in the simulator's graph, rounded up; a node's operator, operands
   * and window are the most of it.
   */
  private static final Map<Descriptor, Integer> IN_THE_SIMULATOR =
      Map.of(Node.getDescriptor(), 256, Tensor.getDescriptor(), 160);

  private static final Set<FieldDescriptor> MODEL_FILES =
      Set.of(
          EstimateRequest.getDescriptor().findFieldByNumber(EstimateRequest.TFLITE_FIELD_NUMBER),
          EstimateRequest.getDescriptor().findFieldByNumber(EstimateRequest.ONNX_FIELD_NUMBER));

  static final WeighedRequests<EstimateRequest> OF_CALLS =
      new WeighedRequests<>(EstimateRequest.getDescriptor(), EstimateRequest.parser());

  static final WeighedRequests<EstimateStreamRequest> OF_STREAMS =
      new WeighedRequests<>(EstimateStreamRequest.getDescriptor(), EstimateStreamRequest.parser());

  private final MessageLayout layout;
  private final Parser<M> parser;

  private WeighedRequests(Descriptor type, Parser<M> parser) {
    this.layout = MessageLayout.of(type, IN_THE_SIMULATOR, MODEL_FILES);
    this.parser = DiscardUnknownFieldsParser.wrap(parser);
  }

  /**
   * A request.
   *
   * @param heapBytes that it takes
   */
  record Weighed<M>(M message, long heapBytes) {}

  /**
   * Bytes of heap that a request will take, once it is parsed.
   *
   * @throws StatusRuntimeException INVALID_ARGUMENT if it is none
   */
  long weigh(byte[] request) {
    try {
      return MessageHeap.of(request, layout);
    } catch (InvalidProtocolBufferException e) {
      throw Statuses.of(e).asRuntimeException();
    }
  }

  /**
   * The request.
   *
   * @throws StatusRuntimeException INVALID_ARGUMENT if it is none
   */
  M parse(byte[] request) {
    try {
      return parser.parseFrom(request);
    } catch (InvalidProtocolBufferException e) {
      throw Statuses.of(e).asRuntimeException();
    }
  }

  /** Both, of what comes from the transport. */
  Marshaller<Weighed<M>> marshaller() {
    BytesMarshaller bytes = new BytesMarshaller();
    return new Marshaller<>() {
      @Override
      public Weighed<M> parse(InputStream stream) {
        byte[] request = bytes.parse(stream);
        return new Weighed<>(WeighedRequests.this.parse(request), weigh(request));
      }

      @Override
      public InputStream stream(Weighed<M> value) {
        throw new IllegalStateException("a server sends no requests");
      }
    };
  }
}
