package dev.ppe.distribution.failures;

import dev.ppe.client.load.Workload;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.simulator.zoo.ZooModel;
import dev.ppe.v1.Detail;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateStreamRequest;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import dev.ppe.wire.GraphCodec;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;

/** What hostile clients ask. */
final class Requests {
  private static final EstimateRequest SMALL =
      Workload.candidates(1, 99, EstimateRequest.getDefaultInstance()).request(0);

  private static final EstimateRequest LONG = chain(500);

  private static final MethodDescriptor<byte[], byte[]> ESTIMATE =
      PowerPerformanceEvaluationServiceGrpc.getEstimateMethod().toBuilder(new Bytes(), new Bytes())
          .setSchemaDescriptor(null)
          .build();

  private Requests() {}

  /** A request that is answered in a millisecond or two. */
  static EstimateRequest small() {
    return SMALL;
  }

  /** A request as a stream has it. */
  static byte[] ofStream(String id, EstimateRequest request) {
    return EstimateStreamRequest.newBuilder().setId(id).setRequest(request).build().toByteArray();
  }

  /** A request of 30 KB with an answer of some 100 KB, which the server works out once. */
  static EstimateRequest withLongAnswer() {
    return LONG;
  }

  private static EstimateRequest chain(int length) {
    GraphBuilder net = GraphBuilder.named("chain", Arithmetic.INT8);
    Value x = net.input("in", 1, 8, 8, 16);
    for (int i = 0; i < length; i++) {
      x = net.pointwise("conv" + i, x, 16, Activation.RELU6);
    }
    return EstimateRequest.newBuilder()
        .setGraph(GraphCodec.encode(net.build(x)))
        .setDetail(Detail.DETAIL_LAYERS)
        .build();
  }

  /** A request that takes far longer than a small one, and that no cache knows. */
  static EstimateRequest large(int number) {
    ZooModel model = Zoo.find("inception_v4").orElseThrow();
    return EstimateRequest.newBuilder()
        .setModelName("large")
        .setGraph(GraphCodec.encode(model.graph(model.defaults().withClasses(2 + number))))
        .build();
  }

  /** Sends bytes as a request; returns the answer's bytes, or throws how the call ended. */
  static byte[] estimate(Channel channel, CallOptions options, byte[] request) {
    return ClientCalls.blockingUnaryCall(channel, ESTIMATE, options, request);
  }

  /** Sends bytes as the one request of any method; what comes back may throw how the call ended. */
  static Iterator<byte[]> call(
      Channel channel, MethodDescriptor<?, ?> method, CallOptions options, byte[] request) {
    return ClientCalls.blockingServerStreamingCall(
        channel,
        MethodDescriptor.newBuilder(new Bytes(), new Bytes())
            .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
            .setFullMethodName(method.getFullMethodName())
            .build(),
        options,
        request);
  }

  private static final class Bytes implements Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
