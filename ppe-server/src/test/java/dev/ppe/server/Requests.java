package dev.ppe.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.ppe.server.observe.Arrival;
import dev.ppe.server.observe.EncodedTask;
import dev.ppe.server.observe.ObservedCall;
import dev.ppe.server.observe.RequestRecord;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.format.export.Weights;
import dev.ppe.simulator.format.onnx.export.OnnxWriter;
import dev.ppe.simulator.format.tflite.export.TfliteWriter;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.EstimateStreamRequest;
import dev.ppe.wire.GraphCodec;
import io.grpc.Context;
import java.io.IOException;

/** Requests to try a server with. */
final class Requests {
  /** Networks as they may be, whatever memory they take. */
  static final RequestLimits ANY_SIZE = new RequestLimits(GraphLimits.DEFAULT, Long.MAX_VALUE);

  private static final RequestLimits UNLIMITED =
      new RequestLimits(
          new GraphLimits(1 << 30, 1 << 30, 1 << 30, 1L << 40, 1L << 42), Long.MAX_VALUE);

  private static final EstimateRequest SMALL = of(chain(3));

  private Requests() {}

  static EstimateRequest of(Graph graph) {
    return EstimateRequest.newBuilder().setGraph(GraphCodec.encode(graph)).build();
  }

  /** A TensorFlow Lite file. */
  static EstimateRequest tflite(Graph graph) {
    ByteString file = ByteString.copyFrom(TfliteWriter.write(graph, Weights.ZERO));
    return EstimateRequest.newBuilder().setTflite(file).build();
  }

  /** An ONNX file. */
  static EstimateRequest onnx(Graph graph) throws IOException {
    ByteString.Output file = ByteString.newOutput();
    OnnxWriter.write(graph, Weights.ZERO, file);
    return EstimateRequest.newBuilder().setOnnx(file.toByteString()).build();
  }

  /** A network of pointwise convolutions one after the other. */
  static Graph chain(int length) {
    GraphBuilder net = GraphBuilder.named("chain", Arithmetic.INT8);
    Value x = net.input("in", 1, 14, 14, 32);
    for (int i = 0; i < length; i++) {
      x = net.pointwise("conv" + i, x, 32, Activation.RELU6);
    }
    return net.build(x);
  }

  /** Little work. */
  static EstimateRequest small() {
    return SMALL;
  }

  static EstimateRequest named(String name) {
    return SMALL.toBuilder().setModelName(name).build();
  }

  /** No model file at all. */
  static EstimateRequest bad() {
    return EstimateRequest.newBuilder().setTflite(ByteString.copyFromUtf8("no model")).build();
  }

  static EstimateStreamRequest withId(String id, EstimateRequest request) {
    return EstimateStreamRequest.newBuilder().setId(id).setRequest(request).build();
  }

  /** As it is before anybody has parsed it, whatever has become of the current call. */
  static UnreadRequest unread(EstimateRequest request) {
    byte[] bytes = request.toByteArray();
    UnreadRequest[] unread = new UnreadRequest[1];
    Context.ROOT.run(
        () -> unread[0] = WeighedRequests.ofCalls(UNLIMITED).unread(bytes, EncodedTask.of(bytes)));
    return unread[0];
  }

  /** A request that counts with so many bytes, for a pool. */
  static Job.Origin origin(EstimateRequest request, long heapBytes, boolean wholeCall) {
    UnreadRequest unread = new UnreadRequest(heapBytes, unread(request).size(), () -> request);
    return origin(unread, wholeCall);
  }

  /** The same of one that is weighed. */
  static Job.Origin origin(UnreadRequest request, boolean wholeCall) {
    return new Job.Origin(
        request, wholeCall, ObservedCall.current().begin(RequestRecord.Task.NONE));
  }

  /** A message of a stream. */
  static StreamMessage message(String id, EstimateRequest request) {
    return new StreamMessage(withId(id, request).toByteArray(), Arrival.now());
  }

  /** What an answer on the wire is about. */
  static String modelIn(byte[] answer) {
    try {
      return EstimateResponse.parseFrom(answer).getModelName();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("no answer", e);
    }
  }

  /** An answer that says which request it is for. */
  static EstimateResponse answerTo(EstimateRequest request) {
    return EstimateResponse.newBuilder().setModelName(request.getModelName()).build();
  }
}
