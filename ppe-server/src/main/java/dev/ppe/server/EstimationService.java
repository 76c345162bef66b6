package dev.ppe.server;

import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.EstimateStreamRequest;
import dev.ppe.v1.EstimateStreamResponse;
import dev.ppe.v1.GetAcceleratorRequest;
import dev.ppe.v1.GetAcceleratorResponse;
import dev.ppe.v1.ListAcceleratorsRequest;
import dev.ppe.v1.ListAcceleratorsResponse;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc.PowerPerformanceEvaluationServiceImplBase;
import dev.ppe.wire.AcceleratorCatalog;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The service's four methods. What they throw, {@link CallGuard} turns into a status. */
final class EstimationService extends PowerPerformanceEvaluationServiceImplBase {
  private final RequestIntake calls;
  private final RequestIntake streamed;
  private final int streamWindow;
  private final Set<EstimateStream> streams = ConcurrentHashMap.newKeySet();
  private volatile boolean draining;

  /**
   * The methods, with estimates made behind {@code intake}.
   *
   * @param streamWindow requests of one stream that may be in work at a time
   */
  EstimationService(RequestIntake intake, int streamWindow) {
    this.calls = ObservedIntake.ofCalls(intake);
    this.streamed = ObservedIntake.ofStreams(intake);
    this.streamWindow = streamWindow;
  }

  @Override
  public void estimate(EstimateRequest request, StreamObserver<EstimateResponse> responses) {
    ignoreCancellation(responses);
    calls.submit(
        request,
        response -> answer(responses, response),
        failure -> responses.onError(Refusals.exceptionOf(failure)));
  }

  @Override
  public StreamObserver<EstimateStreamRequest> estimateStream(
      StreamObserver<EstimateStreamResponse> responses) {
    EstimateStream stream =
        new EstimateStream(
            streamed,
            (ServerCallStreamObserver<EstimateStreamResponse>) responses,
            streams::remove);
    streams.add(stream);
    stream.start(streamWindow);
    if (draining) {
      stream.drain();
    }
    return stream;
  }

  @Override
  public void listAccelerators(
      ListAcceleratorsRequest request, StreamObserver<ListAcceleratorsResponse> responses) {
    ignoreCancellation(responses);
    answer(responses, AcceleratorCatalog.listAccelerators());
  }

  @Override
  public void getAccelerator(
      GetAcceleratorRequest request, StreamObserver<GetAcceleratorResponse> responses) {
    ignoreCancellation(responses);
    answer(
        responses,
        GetAcceleratorResponse.newBuilder()
            .setAccelerator(AcceleratorCatalog.getAccelerator(request.getName()))
            .build());
  }

  /** Streams end when they have answered what they are at. */
  void drain() {
    draining = true;
    streams.forEach(EstimateStream::drain);
  }

  private static <A> void answer(StreamObserver<A> responses, A response) {
    responses.onNext(response);
    responses.onCompleted();
  }

  /** Without a handler, answers to a call that is gone would throw. */
  private static void ignoreCancellation(StreamObserver<?> responses) {
    ((ServerCallStreamObserver<?>) responses).setOnCancelHandler(() -> {});
  }
}
