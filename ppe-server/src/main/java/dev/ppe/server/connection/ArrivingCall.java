package dev.ppe.server.connection;

import dev.ppe.server.connection.ClientLimits.Refusal;
import dev.ppe.server.security.ClientIdentity;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * One call, from its headers to its end, as gRPC's transport sees it; and what of its requests has
 * come and is not taken yet. A call of one request has that taken when its client has said that
 * there is no more, a stream each when it has got it.
 */
final class ArrivingCall extends ServerStreamTracer {
  /** Of each call in gRPC. */
  static final Context.Key<ArrivingCall> KEY = Context.key("ppe-arriving-call");

  /** Objects in the heap for each part of a message that is held, however small the part. */
  private static final int PART = 128;

  private final ArrivingCalls calls;
  private Optional<Caller> caller = Optional.empty();
  private Optional<ServerCall<?, ?>> call = Optional.empty();
  private boolean oneRequest;
  private boolean over;

  /** Since when a request has been on its way, by {@link System#nanoTime}. */
  private OptionalLong since = OptionalLong.empty();

  /** Bytes of the message that is on its way, and of those that are whole, the oldest first. */
  private long partial;

  private final Queue<Long> whole = new ArrayDeque<>(2);

  /**
   * Who is at the other end.
   *
   * @param refusal why the call is not to be, if so: it does not count then
   */
  private record Caller(ClientIdentity client, Optional<Refusal> refusal) {}

  ArrivingCall(ArrivingCalls calls) {
    this.calls = calls;
  }

  @Override
  public Context filterContext(Context context) {
    return context.withValue(KEY, this);
  }

  @Override
  public void serverCallStarted(ServerCallInfo<?, ?> info) {
    ClientIdentity client = ClientIdentity.of(info.getAttributes());
    synchronized (this) {
      if (!over) { // it may have been taken back before
        caller = Optional.of(new Caller(client, calls.limits().enter(client)));
        calls.add(this);
      }
    }
  }

  /** Why there are too many calls for this one, if there are. */
  synchronized Optional<Refusal> refusal() {
    return caller.flatMap(Caller::refusal);
  }

  /**
   * Its request is waited for from now on.
   *
   * @param begun may be closed from any thread
   */
  synchronized void begin(ServerCall<?, ?> begun) {
    call = Optional.of(begun);
    oneRequest = begun.getMethodDescriptor().getType().clientSendsOneMessage();
    if (oneRequest) { // a stream may be opened long before there is anything to ask
      since = OptionalLong.of(System.nanoTime());
    }
  }

  @Override
  public synchronized void inboundMessage(int number) {
    if (since.isEmpty()) {
      since = OptionalLong.of(System.nanoTime());
    }
  }

  @Override
  public void inboundWireSize(long bytes) {
    boolean tooMuch;
    synchronized (this) {
      if (over || caller.isEmpty()) {
        return;
      }
      Caller from = caller.get();
      long kept = PART + bytes;
      partial += kept;
      tooMuch = !calls.bytes().add(from.client(), kept);
    }
    if (tooMuch) {
      end(calls::tooMuch);
    }
  }

  @Override
  public synchronized void inboundMessageRead(int number, long wireBytes, long bytes) {
    if (!over) {
      whole.add(partial);
      partial = 0;
      if (!oneRequest) {
        since = OptionalLong.empty();
      }
    }
  }

  /** The oldest whole message has been taken. */
  synchronized void messageTaken() {
    if (!oneRequest && !whole.isEmpty()) {
      release(whole.remove());
    }
  }

  /** There are no more to come. */
  synchronized void allTaken() {
    since = OptionalLong.empty();
    while (!whole.isEmpty()) {
      release(whole.remove());
    }
  }

  private void release(long bytes) {
    caller.ifPresent(from -> calls.bytes().release(from.client(), bytes));
  }

  /** Ends the call if a request has been on its way for longer than {@code patience}. */
  void endIfLate(long now, long patienceNanos) {
    boolean late;
    synchronized (this) {
      late = since.isPresent() && now - since.getAsLong() > patienceNanos;
    }
    if (late) {
      end(calls::tooLate);
    }
  }

  /** Closes it outside of this lock: gRPC has its own. */
  private void end(Supplier<StatusRuntimeException> reason) {
    Optional<ServerCall<?, ?>> ending;
    synchronized (this) {
      ending = over ? Optional.empty() : call;
      call = Optional.empty();
    }
    if (ending.isPresent()) {
      StatusRuntimeException words = reason.get();
      Metadata trailers = Optional.ofNullable(words.getTrailers()).orElseGet(Metadata::new);
      ending.get().close(words.getStatus(), trailers);
    }
  }

  @Override
  public synchronized void streamClosed(Status status) {
    if (!over) {
      over = true;
      allTaken();
      release(partial);
      if (caller.isPresent()) {
        Caller from = caller.get();
        if (from.refusal().isEmpty()) {
          calls.limits().leave(from.client());
        }
        calls.remove(this);
      }
    }
  }
}
