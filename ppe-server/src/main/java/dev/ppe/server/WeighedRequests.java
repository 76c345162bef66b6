package dev.ppe.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.GraphTooLargeException;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateStreamRequest;
import dev.ppe.v1.Node;
import dev.ppe.v1.Tensor;
import dev.ppe.wire.Statuses;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

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

  private static final int ID_TAG =
      EstimateStreamRequest.ID_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

  private final MessageLayout layout;
  private final Parser<M> parser;
  private final Function<ByteString, M> refused;
  private final RequestLimits limits;

  private WeighedRequests(
      MessageLayout layout,
      Parser<M> parser,
      Function<ByteString, M> refused,
      RequestLimits limits) {
    this.layout = layout;
    this.parser = DiscardUnknownFieldsParser.wrap(parser);
    this.refused = refused;
    this.limits = limits;
  }

  /** Those of single calls. */
  static WeighedRequests<EstimateRequest> ofCalls(RequestLimits limits) {
    return new WeighedRequests<>(
        CALL, EstimateRequest.parser(), id -> EstimateRequest.getDefaultInstance(), limits);
  }

  /** Those of streams. */
  static WeighedRequests<EstimateStreamRequest> ofStreams(RequestLimits limits) {
    return new WeighedRequests<>(
        STREAM,
        EstimateStreamRequest.parser(),
        id -> EstimateStreamRequest.newBuilder().setIdBytes(id).build(),
        limits);
  }

  private static MessageLayout layout(Descriptor type) {
    return MessageLayout.of(type, IN_THE_SIMULATOR, MODEL_FILES);
  }

  /**
   * A request.
   *
   * @param message of one that is refused, its id alone
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
   * @param interruption asked while a long one is looked at
   * @throws StatusRuntimeException INVALID_ARGUMENT if it is none; RESOURCE_EXHAUSTED if it would
   *     take more than the limits allow, or its model file holds more
   */
  long weigh(byte[] request, Interruption interruption) {
    try {
      return MessageHeap.of(request, layout, limits, interruption);
    } catch (InvalidProtocolBufferException | GraphTooLargeException | CancellationException e) {
      throw Statuses.of(e).asRuntimeException();
    }
  }

  /**
   * The request. A model file in it is not copied: nobody may write to {@code request} any more.
   *
   * @throws StatusRuntimeException INVALID_ARGUMENT if it is none
   */
  M parse(byte[] request) {
    CodedInputStream in = UnsafeByteOperations.unsafeWrap(request).newCodedInput();
    in.enableAliasing(true);
    try {
      return parser.parseFrom(in);
    } catch (InvalidProtocolBufferException e) {
      throw Statuses.of(e).asRuntimeException();
    }
  }

  /**
   * The id of a stream's request that is not to be parsed.
   *
   * @throws StatusRuntimeException INVALID_ARGUMENT if it is none
   */
  private static ByteString id(byte[] request) {
    CodedInputStream in = CodedInputStream.newInstance(request);
    ByteString id = ByteString.EMPTY;
    try {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (tag == ID_TAG) {
          id = in.readBytes();
        } else {
          in.skipField(tag);
        }
      }
      return id;
    } catch (IOException e) {
      throw Statuses.of(new InvalidProtocolBufferException(e)).asRuntimeException();
    }
  }

  /** Both, of what comes from the transport. What is too large says so when it is looked at. */
  Marshaller<Weighed<M>> marshaller() {
    BytesMarshaller bytes = new BytesMarshaller();
    return new Marshaller<>() {
      @Override
      public Weighed<M> parse(InputStream stream) {
        byte[] request = bytes.parse(stream);
        long heapBytes;
        try {
          heapBytes = weigh(request, new CallEnd().asInterruption());
        } catch (StatusRuntimeException why) { // the others of a stream go on
          return new Weighed<>(refused.apply(id(request)), 0, Optional.of(why));
        }
        return new Weighed<>(WeighedRequests.this.parse(request), heapBytes);
      }

      @Override
      public InputStream stream(Weighed<M> value) {
        throw new IllegalStateException("a server sends no requests");
      }
    };
  }
}
