package dev.ppe.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;

/**
 * One question to the replicas, until it is answered, has failed for good, or its deadline is over.
 * Estimates have no side effects, so asking twice does no harm.
 *
 * <p>gRPC itself makes a call again as the service config says, as long as no replica has begun to
 * answer. What is left for here is asked again as a call of its own:
 *
 * <ul>
 *   <li>one that a replica refuses for a while, after the pause that it asks for ({@link
 *       RetryHint});
 *   <li>one that was lost after its answer had begun, or while all replicas were away for a moment
 *       though one had answered just before: up to {@link #MOST_LOST} times;
 *   <li>one that came to a server that does not know the service, once for each other replica;
 *   <li>one for an accelerator that a replica does not know, up to {@link #MOST_ELSEWHERE} times:
 *       another may be of a newer version.
 * </ul>
 *
 * <p>Those that were lost draw on the {@link Budget}; and where {@link Attempts#most()} is 1
 * nothing is asked again.
 */
final class RemoteCall<Q, A> {
  private static final int MOST_LOST = 6;
  private static final int MOST_ELSEWHERE = 3;
  private static final Duration JUST_BEFORE = Duration.ofSeconds(10);
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 2000;

  private final Context context;
  private final MethodDescriptor<Q, A> method;
  private final CallOptions options;
  private final Q request;
  private final Deadline end;
  private final CompletableFuture<A> result = new CompletableFuture<>();
  private final AtomicBoolean hasLeft = new AtomicBoolean();
  private volatile Optional<ClientCall<Q, A>> current = Optional.empty();
  private volatile boolean admitted;
  private int lost;
  private int elsewhere;

  /**
   * Whom a call is made by.
   *
   * @param channel to the replicas
   * @param fleet what is known of them
   * @param line where calls wait for room
   * @param clock runs what is due later
   * @param failure what callers are told of a failure
   */
  record Context(
      Channel channel,
      Fleet fleet,
      WaitingLine line,
      Clock clock,
      BiFunction<Status, String, PpeException> failure) {}

  /** Runs something later, unless the client is closed by then. */
  interface Clock {
    /** Runs it after a pause; false if the client is closed. */
    boolean after(Duration pause, Runnable work);
  }

  private RemoteCall(
      Context context,
      MethodDescriptor<Q, A> method,
      CallOptions options,
      Q request,
      Deadline end) {
    this.context = context;
    this.method = method;
    this.options = options.withOption(Trail.OPTION, new Trail(context.fleet())).withDeadline(end);
    this.request = request;
    this.end = end;
  }

  /** Asks; the future fails with {@link PpeException}s alone, and to cancel it ends the call. */
  static <Q, A> CompletableFuture<A> ask(
      Context context,
      MethodDescriptor<Q, A> method,
      CallOptions options,
      Q request,
      Duration deadline) {
    RemoteCall<Q, A> call =
        new RemoteCall<>(
            context,
            method,
            options,
            request,
            Deadline.after(deadline.toNanos(), TimeUnit.NANOSECONDS));
    CompletableFuture<?> unused =
        call.result.whenComplete(
            (answer, failure) -> {
              if (failure != null) {
                call.cancel();
                call.leave();
              }
            });
    context.line().enter(call::begin);
    return call.result;
  }

  /**
   * The deadline has run since it was asked for. Whoever waits for a place needs no timer for it:
   * all of a client's calls have as long, so those before it are over by then.
   */
  private void begin() {
    admitted = true;
    start();
  }

  /** Once, and before anybody hears of the result: listeners may take as long as they like. */
  private void leave() {
    if (admitted && hasLeft.compareAndSet(false, true)) {
      context.line().leave();
    }
  }

  private void start() {
    ClientCall<Q, A> call = context.channel().newCall(method, options);
    current = Optional.of(call);
    if (result.isDone()) {
      leave(); // cancelled meanwhile
      return;
    }
    try {
      call.start(new Answer(), new Metadata());
      call.request(2); // a second message would be a mistake, which gRPC then sees
      call.sendMessage(request);
      call.halfClose();
    } catch (RuntimeException e) {
      fail(Status.fromThrowable(e).augmentDescription(String.valueOf(e.getMessage())));
    }
  }

  private void cancel() {
    current.ifPresent(call -> call.cancel("cancelled by the caller", null));
  }

  private void fail(Status status) {
    leave();
    result.completeExceptionally(
        context.failure().apply(status, String.valueOf(method.getBareMethodName())));
  }

  private void failed(Status status, Metadata trailers, boolean begun) {
    if (result.isDone()) {
      return;
    }
    Optional<Duration> pause = pause(status, trailers, begun);
    boolean inTime =
        pause.isPresent() && pause.get().toNanos() < end.timeRemaining(TimeUnit.NANOSECONDS);
    if (!inTime || !context.clock().after(pause.get(), this::start)) {
      // What an overloaded replica said goes along: whoever asked may come back later.
      boolean full = status.getCode() == Status.Code.RESOURCE_EXHAUSTED;
      fail(full ? status.withCause(status.asRuntimeException(trailers)) : status);
    }
  }

  /** How long to wait before the next attempt; empty where there is none. */
  private Optional<Duration> pause(Status status, Metadata trailers, boolean begun) {
    if (!context.fleet().allowsFurtherAttempts()) {
      return Optional.empty();
    }
    return switch (status.getCode()) {
      case RESOURCE_EXHAUSTED -> RetryHint.of(status, trailers);
      case UNAVAILABLE, CANCELLED -> {
        boolean allowed = context.fleet().allowsAnotherAfterLoss(); // counts the loss, too
        boolean worthIt = begun || context.fleet().hasAnsweredWithin(JUST_BEFORE);
        yield allowed && worthIt && lost < MOST_LOST
            ? Optional.of(backoff(lost++))
            : RetryHint.of(status, trailers);
      }
      case UNIMPLEMENTED -> {
        boolean again = Unoffered.by(status) && hasAnother();
        if (again) {
          context.fleet().doesNotOffer(status);
        }
        yield again ? Optional.of(Duration.ZERO) : Optional.empty();
      }
      case NOT_FOUND ->
          elsewhere < MOST_ELSEWHERE && hasAnother()
              ? Optional.of(Duration.ZERO)
              : Optional.empty();
      default -> RetryHint.of(status, trailers);
    };
  }

  /** Whether there is a replica that has not been asked; {@link Trail} leads there. */
  private boolean hasAnother() {
    return ++elsewhere < context.fleet().replicas();
  }

  /** Doubles; anywhere in its upper half, so that callers do not come back all at once. */
  private static Duration backoff(int attempt) {
    long most = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << attempt);
    return Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2));
  }

  /** What comes back; gRPC tells it one thing at a time. */
  private final class Answer extends ClientCall.Listener<A> {
    private boolean begun;
    private Optional<A> message = Optional.empty();

    @Override
    public void onHeaders(Metadata headers) {
      begun = true;
    }

    @Override
    public void onMessage(A answer) {
      message = Optional.of(answer);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      if (!status.isOk()) {
        failed(status, trailers, begun);
      } else if (message.isPresent()) {
        context.fleet().answered(message.get());
        leave();
        result.complete(message.get());
      } else {
        fail(Status.INTERNAL.withDescription("the replica sent no answer"));
      }
    }
  }
}
