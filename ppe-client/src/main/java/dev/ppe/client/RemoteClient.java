package dev.ppe.client;

import dev.ppe.v1.Accelerator;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.GetAcceleratorRequest;
import dev.ppe.v1.ListAcceleratorsRequest;
import dev.ppe.v1.ListAcceleratorsResponse;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Asks replicas over gRPC: one call an estimate, spread by {@link ReplicaBalancer} over those that
 * say that they are ready; {@link RemoteCall} tells what is asked again.
 */
final class RemoteClient implements PpeClient, Estimating {
  /** Callbacks in the threads of the network: none of this client's waits. */
  private static final CallOptions AT_ONCE = CallOptions.DEFAULT.withExecutor(Runnable::run);

  private final Target target;
  private final ClientOptions options;
  private final ManagedChannel channel;
  private final Fleet fleet;
  private final WaitingLine line;
  private final ScheduledThreadPoolExecutor clock;
  private final RemoteCall.Context context;
  private final Set<Runnable> due = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  RemoteClient(Target target, ClientOptions options) {
    this.target = target;
    this.options = options;
    this.channel = ReplicaChannel.open(target, options);
    this.fleet = new Fleet(target, options, this::admit);
    this.line = new WaitingLine(this::places);
    this.clock =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("ppe-client-clock").factory());
    this.context = new RemoteCall.Context(channel, fleet, line, this::after, this::failure);
  }

  @Override
  public EstimateResponse estimate(EstimateRequest request) {
    return await(begin(request));
  }

  @Override
  public CompletableFuture<EstimateResponse> estimateAsync(EstimateRequest request) {
    // In the channel's own threads: nobody knows what the caller does when it is there.
    return ask(
        PowerPerformanceEvaluationServiceGrpc.getEstimateMethod(), CallOptions.DEFAULT, request);
  }

  @Override
  public CompletableFuture<EstimateResponse> begin(EstimateRequest request) {
    return ask(PowerPerformanceEvaluationServiceGrpc.getEstimateMethod(), AT_ONCE, request);
  }

  @Override
  public int width() {
    return fleet.replicas() * options.maxInFlight();
  }

  /** One call more than has room: it waits within gRPC, and sees a further replica at once. */
  private int places() {
    return width() + 1;
  }

  /** In a thread of its own: it is within gRPC that replicas are seen. */
  private void admit() {
    try {
      clock.execute(line::admit);
    } catch (RejectedExecutionException e) {
      // closed: all calls end now, and as they end the next ones are let in, and fail
    }
  }

  @Override
  public <T> Stream<Outcome<T>> estimateAll(
      Stream<? extends T> inputs,
      Function<? super T, EstimateRequest> request,
      Consumer<Progress> progress) {
    return OrderedEstimates.of(this, inputs, request, progress);
  }

  @Override
  public EstimateStream stream(Consumer<Outcome<String>> listener) {
    return new UnorderedEstimates(this, listener);
  }

  @Override
  public ListAcceleratorsResponse listAccelerators() {
    return await(
        ask(
            PowerPerformanceEvaluationServiceGrpc.getListAcceleratorsMethod(),
            AT_ONCE,
            ListAcceleratorsRequest.getDefaultInstance()));
  }

  @Override
  public Accelerator getAccelerator(String name) {
    GetAcceleratorRequest request = GetAcceleratorRequest.newBuilder().setName(name).build();
    return await(
            ask(PowerPerformanceEvaluationServiceGrpc.getGetAcceleratorMethod(), AT_ONCE, request))
        .getAccelerator();
  }

  @Override
  public void close() {
    closed = true;
    channel.shutdownNow();
    clock.shutdownNow();
    due.forEach(this::runOnce); // what waits for its next attempt fails now
  }

  private <Q, A> CompletableFuture<A> ask(
      MethodDescriptor<Q, A> method, CallOptions callOptions, Q request) {
    return RemoteCall.ask(context, method, callOptions, request, options.deadline());
  }

  private boolean after(Duration pause, Runnable work) {
    due.add(work);
    try {
      Future<?> unused = clock.schedule(() -> runOnce(work), pause.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (RejectedExecutionException e) {
      return !due.remove(work); // whoever removes it runs it
    }
  }

  private void runOnce(Runnable work) {
    if (due.remove(work)) {
      work.run();
    }
  }

  private static <T> T await(CompletableFuture<T> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof PpeException failure
          ? failure
          : PpeException.of(Status.INTERNAL, e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw PpeException.of(Status.CANCELLED.withDescription("interrupted"), e);
    }
  }

  private PpeException failure(Status status, String method) {
    if (closed) {
      return new PpeException(Status.Code.CANCELLED, PpeException.CLOSED);
    }
    Status.Code code = Unreachable.by(status) ? Status.Code.UNAVAILABLE : status.getCode();
    String text =
        switch (code) {
          // gRPC's own text is a page of the call's inner state.
          case DEADLINE_EXCEEDED -> Deadlines.exceeded(options.deadline()) + " from " + target;
          case UNAUTHENTICATED ->
              "%s asks for who you are: %s; --token-file or PPE_TOKEN tells"
                  .formatted(target, status.getDescription());
          case UNAVAILABLE ->
              "no replica answers at %s: %s"
                  .formatted(
                      target, Unreachable.reason(status, options.security().tls().isPresent()));
          case UNIMPLEMENTED -> Unoffered.by(status) ? unoffered(method) : text(status);
          default -> text(status);
        };
    return status.getCause() instanceof StatusRuntimeException known
        ? new PpeException(code, text, known)
        : new PpeException(code, text, status.asRuntimeException());
  }

  private String unoffered(String method) {
    return "%s does not offer %s: another program listens there, or another version; ppe doctor --target %s looks"
        .formatted(target, method, target);
  }

  private static String text(Status status) {
    String description = status.getDescription();
    return description == null ? status.getCode().name() : description;
  }
}
