package dev.ppe.server;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.simulator.graph.GraphTooLargeException;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateStreamRequest;
import dev.ppe.v1.Node;
import dev.ppe.v1.Tensor;
import dev.ppe.wire.Statuses;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
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

  private static final MessageLayout CALL = layout(EstimateRequest.getDescriptor());
  private static final MessageLayout STREAM = layout(EstimateStreamRequest.getDescriptor());

  private final MessageLayout layout;
  private final Parser<M> parser;
  private final GraphLimits limits;

  private WeighedRequests(MessageLayout layout, Parser<M> parser, GraphLimits limits) {
    this.layout = layout;
    this.parser = DiscardUnknownFieldsParser.wrap(parser);
    this.limits = limits;
  }

  /** Those of single calls, whose networks have limits. */
  static WeighedRequests<EstimateRequest> ofCalls(GraphLimits limits) {
    return new WeighedRequests<>(CALL, EstimateRequest.parser(), limits);
  }

  /** Those of streams. */
  static WeighedRequests<EstimateStreamRequest> ofStreams(GraphLimits limits) {
    return new WeighedRequests<>(STREAM, EstimateStreamRequest.parser(), limits);
  }

  private static MessageLayout layout(Descriptor type) {
    return MessageLayout.of(type, IN_THE_SIMULATOR, MODEL_FILES);
  }

  /**
   * A request.
   *
   * @param heapBytes that it takes
   * @param refusal if it is too large to be taken at all
   */
  record Weighed<M>(M message, long heapBytes, Optional<StatusRuntimeException> refusal) {
    /** One that may be taken. */
    Weighed(M message, long heapBytes) {
      this(message, heapBytes, Optional.empty());
    }
  }

  /**
   * Bytes of heap that a request will take, once it is parsed.
   *
   * @throws StatusRuntimeException INVALID_ARGUMENT if it is none; RESOURCE_EXHAUSTED if its model
   *     file holds more than the limits allow
   */
  long weigh(byte[] request) {
    try {
      return MessageHeap.of(request, layout, limits);
    } catch (InvalidProtocolBufferException | GraphTooLargeException e) {
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

  /** Both, of what comes from the transport. What is too large says so when it is looked at. */
  Marshaller<Weighed<M>> marshaller() {
    BytesMarshaller bytes = new BytesMarshaller();
    return new Marshaller<>() {
      @Override
      public Weighed<M> parse(InputStream stream) {
        byte[] request = bytes.parse(stream);
        M message = WeighedRequests.this.parse(request);
        try {
          return new Weighed<>(message, weigh(request));
        } catch (StatusRuntimeException refused) { // the others of a stream go on
          return new Weighed<>(message, 0, Optional.of(refused));
        }
      }

      @Override
      public InputStream stream(Weighed<M> value) {
        throw new IllegalStateException("a server sends no requests");
      }
    };
  }
}
