package dev.ppe.server;

import dev.ppe.v1.EstimateStreamRequest;
import dev.ppe.v1.EstimateStreamResponse;
import dev.ppe.v1.GetAcceleratorRequest;
import dev.ppe.v1.GetAcceleratorResponse;
import dev.ppe.v1.ListAcceleratorsRequest;
import dev.ppe.v1.ListAcceleratorsResponse;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc.PowerPerformanceEvaluationServiceImplBase;
import dev.ppe.wire.AcceleratorCatalog;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The service's four methods. What they throw, {@link CallGuard} turns into a status. */
final class EstimationService extends PowerPerformanceEvaluationServiceImplBase {
  private final WeighedRequests<EstimateStreamRequest> streamed;
  private final UnaryEstimates estimates;
  private final SimulationPool pool;
  private final UnreadAnswers unread;
  private final int streamWindow;
  private final Set<EstimateStream> streams = ConcurrentHashMap.newKeySet();
  private volatile boolean draining;

  /**
   * The methods, with estimates made in {@code pool}.
   *
   * @param limits on single requests
   * @param answers to requests that come again; none if each is to be looked at
   * @param unread of the answers, by clients that do not read
   * @param streamWindow requests of one stream that may be in work at a time
   */
  EstimationService(
      RequestLimits limits,
      SimulationPool pool,
      Optional<AnswerCache> answers,
      UnreadAnswers unread,
      int streamWindow) {
    this.streamed = WeighedRequests.ofStreams(limits);
    this.estimates = new UnaryEstimates(WeighedRequests.ofCalls(limits), pool, answers, unread);
    this.pool = pool;
    this.unread = unread;
    this.streamWindow = streamWindow;
  }

  /** The service's definition. Estimate's messages and a stream's answers travel as bytes. */
  ServerServiceDefinition definition() {
    return ServiceMethods.replaced(
        bindService(),
        method ->
            switch (String.valueOf(method.getMethodDescriptor().getBareMethodName())) {
              case "Estimate" -> estimate();
              case "EstimateStream" -> estimateStream();
              default -> small(method);
            });
  }

  private ServerMethodDefinition<byte[], byte[]> estimate() {
    return ServerMethodDefinition.create(
        PowerPerformanceEvaluationServiceGrpc.getEstimateMethod().toBuilder(
                new BytesMarshaller(), new BytesMarshaller())
            .build(),
        ServerCalls.asyncUnaryCall(estimates::estimate));
  }

  private ServerMethodDefinition<StreamMessage, byte[]> estimateStream() {
    MethodDescriptor<EstimateStreamRequest, EstimateStreamResponse> method =
        PowerPerformanceEvaluationServiceGrpc.getEstimateStreamMethod();
    return ServerMethodDefinition.create(
        method.toBuilder(StreamMessage.marshaller(), new BytesMarshaller()).build(),
        ServerCalls.asyncBidiStreamingCall(this::open));
  }

  /** A name goes in, and what is known of accelerators comes out. */
  private <Q, A> ServerMethodDefinition<Q, A> small(ServerMethodDefinition<Q, A> method) {
    return new AccountedAnswers(unread).of(SmallRequests.OF_NAMES.of(method));
  }

  private StreamObserver<StreamMessage> open(StreamObserver<byte[]> responses) {
    UnreadAnswers.Account account = unread.open();
    EstimateStream stream =
        new EstimateStream(
            new EstimateStream.Work(streamed, pool),
            (ServerCallStreamObserver<byte[]>) responses,
            account,
            streams::remove);
    streams.add(stream);
    try {
      stream.start(streamWindow);
    } catch (Throwable failure) {
      streams.remove(stream);
      throw failure;
    }
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
    for (EstimateStream stream : streams) {
      try {
        stream.drain();
      } catch (RuntimeException e) { // one stream's fault is not to keep the others from their end
        RequestLog.failed("EstimateStream", e);
      }
    }
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
