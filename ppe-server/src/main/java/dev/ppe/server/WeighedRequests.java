package dev.ppe.server;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import dev.ppe.server.MessageHeap.Weight;
import dev.ppe.server.MessageLayout.Meaning;
import dev.ppe.server.RequestCounts.Counted;
import dev.ppe.server.observe.EncodedTask;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.GraphTooLargeException;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateStreamRequest;
import dev.ppe.v1.Graph;
import dev.ppe.v1.Node;
import dev.ppe.v1.Tensor;
import dev.ppe.wire.Statuses;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/**
 * Tells how much memory each request takes until it is answered: as bytes, as a message, and as the
 * network that a worker makes of it. Until a worker is at it, it is no more than its bytes. Fields
 * that nobody here knows are dropped: kept, a byte of them could take a hundred.
 *
 * @param <M> a message with a request in it
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

  private static final Map<FieldDescriptor, Counted> COUNTED =
      Map.of(
          Graph.getDescriptor().findFieldByNumber(Graph.NODES_FIELD_NUMBER), Counted.NODES,
          Graph.getDescriptor().findFieldByNumber(Graph.TENSORS_FIELD_NUMBER), Counted.TENSORS,
          Node.getDescriptor().findFieldByNumber(Node.INPUTS_FIELD_NUMBER), Counted.OPERANDS,
          Node.getDescriptor().findFieldByNumber(Node.OUTPUTS_FIELD_NUMBER), Counted.OPERANDS);

  private static final MessageLayout CALL = layout(EstimateRequest.getDescriptor());
  private static final MessageLayout STREAM = layout(EstimateStreamRequest.getDescriptor());

  private final MessageLayout layout;
  private final Parser<M> parser;
  private final Function<M, EstimateRequest> content;
  private final RequestLimits limits;

  private WeighedRequests(
      MessageLayout layout,
      Parser<M> parser,
      Function<M, EstimateRequest> content,
      RequestLimits limits) {
    this.layout = layout;
    this.parser = DiscardUnknownFieldsParser.wrap(parser);
    this.content = content;
    this.limits = limits;
  }

  /** Those of single calls. */
  static WeighedRequests<EstimateRequest> ofCalls(RequestLimits limits) {
    return new WeighedRequests<>(CALL, EstimateRequest.parser(), request -> request, limits);
  }

  /** Those of streams. */
  static WeighedRequests<EstimateStreamRequest> ofStreams(RequestLimits limits) {
    return new WeighedRequests<>(
        STREAM, EstimateStreamRequest.parser(), EstimateStreamRequest::getRequest, limits);
  }

  private static MessageLayout layout(Descriptor type) {
    return MessageLayout.of(type, new Meaning(IN_THE_SIMULATOR, MODEL_FILES, COUNTED));
  }

  /**
   * A request that is to be parsed by whoever works on it.
   *
   * @param task what it asks for
   * @throws StatusRuntimeException as {@link #weigh} does
   */
  UnreadRequest unread(byte[] request, EncodedTask task) {
    Weight weight = weigh(request, new CallEnd().asInterruption());
    return new UnreadRequest(
        weight.bytes(),
        SizeClass.of(task.form(), task.fidelity(), Math.max(weight.nodes(), weight.fileBytes())),
        () -> content.apply(parse(request)));
  }

  /**
   * What a request will take.
   *
   * @param interruption asked while a long one is looked at
   * @throws StatusRuntimeException INVALID_ARGUMENT if it {@link #isNoMessage is none};
   *     RESOURCE_EXHAUSTED if it holds more, or would take more, than the limits allow
   */
  Weight weigh(byte[] request, Interruption interruption) {
    try {
      return MessageHeap.of(request, layout, limits, interruption);
    } catch (InvalidProtocolBufferException e) {
      throw noMessage(e);
    } catch (GraphTooLargeException | CancellationException e) {
      throw Statuses.of(e).asRuntimeException();
    }
  }

  /**
   * The message, whose model file shares the bytes.
   *
   * @throws StatusRuntimeException INVALID_ARGUMENT if it {@link #isNoMessage is none}
   */
  M parse(byte[] request) {
    CodedInputStream in = UnsafeByteOperations.unsafeWrap(request).newCodedInput();
    in.enableAliasing(true);
    try {
      M message = parser.parseFrom(in);
      in.checkLastTagWas(0);
      return message;
    } catch (InvalidProtocolBufferException e) {
      throw noMessage(e);
    }
  }

  /** Bytes are not what they should be. */
  static StatusRuntimeException noMessage(IOException reason) {
    InvalidProtocolBufferException invalid = new InvalidProtocolBufferException(reason);
    return Status.INVALID_ARGUMENT
        .withDescription(Statuses.of(invalid).getDescription())
        .withCause(invalid)
        .asRuntimeException();
  }

  /** Whether a failure is that of bytes that are no message. */
  static boolean isNoMessage(Throwable failure) {
    return failure instanceof StatusRuntimeException
        && failure.getCause() instanceof InvalidProtocolBufferException;
  }
}
