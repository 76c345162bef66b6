package dev.ppe.server;

import dev.ppe.v1.EstimateStreamResponse;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;

/** Requests that need be no protocol buffers. */
final class RawRequests {
  private static final MethodDescriptor<byte[], EstimateStreamResponse> STREAM =
      PowerPerformanceEvaluationServiceGrpc.getEstimateStreamMethod().toBuilder(
              new BytesMarshaller(),
              PowerPerformanceEvaluationServiceGrpc.getEstimateStreamMethod()
                  .getResponseMarshaller())
          .build();

  private RawRequests() {}

  /** A call of EstimateStream, whose messages are any bytes. */
  static StreamObserver<byte[]> stream(
      Channel channel, Answers<byte[], EstimateStreamResponse> answers) {
    return ClientCalls.asyncBidiStreamingCall(
        channel.newCall(STREAM, CallOptions.DEFAULT), answers);
  }
}
