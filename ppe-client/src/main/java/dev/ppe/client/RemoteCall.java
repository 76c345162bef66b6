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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;

/**
 * One question to the replicas, until it is answered, has failed for good, or its deadline is over.
 * Estimates have no side effects, so asking twice does no harm.
 *
 * <p>{@link FurtherAttempts} tells what is asked again. The place in the {@link WaitingLine} and
 * the call itself are given up before anybody hears of the result: listeners may take as long as
 * they like.
 */
final class RemoteCall<Q, A> implements SingleAnswer.Taker<A> {
  private final Context context;
  private final MethodDescriptor<Q, A> method;
  private final CallOptions options;
  private final Q request;
  private final Deadline end;
  private final FurtherAttempts further;
  private final Result result = new Result();
  private final AtomicBoolean hasLeft = new AtomicBoolean();
  private volatile Optional<ClientCall<Q, A>> current = Optional.empty();
  private volatile boolean admitted;
  private volatile boolean givenUp;

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
    this.further = new FurtherAttempts(context.fleet());
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
                call.giveUp(); // again: it may have begun while the result came
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

  /** Once. */
  private void leave() {
    if (admitted && hasLeft.compareAndSet(false, true)) {
      context.line().leave();
    }
  }

  private void start() {
    try {
      ClientCall<Q, A> call = context.channel().newCall(method, options);
      current = Optional.of(call);
      if (result.isDone()) {
        leave(); // cancelled meanwhile
        return;
      }
      call.start(new SingleAnswer<>(this), new Metadata());
      call.request(2); // a second message would be a mistake, which gRPC then sees
      call.sendMessage(request);
      call.halfClose();
    } catch (RuntimeException | Error e) {
      broken(e);
    }
  }

  private void giveUp() {
    givenUp = true;
    current.ifPresent(call -> call.cancel("cancelled by the caller", null));
    leave();
  }

  /** The mistake is here, and yet there is somebody who waits for an answer. */
  @Override
  public void broken(Throwable e) {
    fail(Status.fromThrowable(e).augmentDescription(e.toString()));
  }

  private void fail(Status status) {
    leave();
    result.completeExceptionally(
        context.failure().apply(status, String.valueOf(method.getBareMethodName())));
  }

  @Override
  public void answered(A answer) {
    context.fleet().answered(answer);
    leave();
    result.complete(answer);
  }

  @Override
  public void unanswered() {
    fail(Status.INTERNAL.withDescription("the replica sent no answer"));
  }

  @Override
  public void failed(Status status, Metadata trailers, boolean begun) {
    if (givenUp || result.isDone()) {
      return;
    }
    Optional<Duration> pause = further.after(status, trailers, begun);
    boolean inTime =
        pause.isPresent() && pause.get().toNanos() < end.timeRemaining(TimeUnit.NANOSECONDS);
    if (!inTime || !context.clock().after(pause.get(), this::start)) {
      // What an overloaded replica said goes along: whoever asked may come back later.
      boolean full = status.getCode() == Status.Code.RESOURCE_EXHAUSTED;
      fail(full ? status.withCause(status.asRuntimeException(trailers)) : status);
    }
  }

  /** The answer, or a failure: what a caller ends this with, by a time-out of its own, too. */
  private final class Result extends CompletableFuture<A> {
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      if (!isDone()) {
        giveUp();
      }
      return super.cancel(mayInterruptIfRunning);
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
      if (!isDone()) {
        giveUp();
      }
      return super.completeExceptionally(failure);
    }
  }
}
