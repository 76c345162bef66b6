package dev.ppe.server.connection;

import dev.ppe.server.security.ClientIdentity;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One call, from its headers to its end, as gRPC's transport sees it; and what of its requests has
 * come and is not taken yet. A call of one request has that taken when its client has said that
 * there is no more, a stream each when it has got it.
 */
final class ArrivingCall extends ServerStreamTracer {
  /** Of each call in gRPC. */
  static final Context.Key<ArrivingCall> KEY = Context.key("ppe-arriving-call");

  private final ArrivingCalls calls;
  private final Thread transport;
  private final Runnable reset;
  private final CountedMessages messages;
  private final AwaitedRequest awaited = new AwaitedRequest();
  private final CallPlace place;
  private Optional<ServerCall<?, ?>> call = Optional.empty();
  private boolean over;

  /** Whether it was closed here, though neither gRPC nor its client may know yet. */
  private Optional<StatusRuntimeException> closed = Optional.empty();

  /** Whether somebody listens who is told of its end, behind all messages that are on their way. */
  private boolean listening;

  /**
   * A call that has begun.
   *
   * @param mayPack whether its messages may be packed
   * @param transport the thread of its connection
   * @param reset gives up its stream
   */
  ArrivingCall(ArrivingCalls calls, boolean mayPack, Thread transport, Runnable reset) {
    this.calls = calls;
    this.transport = transport;
    this.reset = reset;
    this.messages = new CountedMessages(calls.bytes(), mayPack);
    this.place = new CallPlace(calls.limits());
  }

  /** The call that the current thread does something for. */
  static ArrivingCall current() {
    return Optional.ofNullable(KEY.get())
        .orElseThrow(() -> new IllegalStateException("a call that nobody traces"));
  }

  @Override
  public Context filterContext(Context context) {
    return context.withValue(KEY, this);
  }

  @Override
  public void serverCallStarted(ServerCallInfo<?, ?> info) {
    ClientIdentity from = ClientIdentity.of(info.getAttributes());
    synchronized (this) {
      if (!over) { // it may have been taken back before
        place.take(from);
        calls.add(this);
        messages.countFor(from);
      }
    }
  }

  /** Its place among the calls that may be open. */
  CallPlace place() {
    return place;
  }

  /**
   * Its request is waited for from now on.
   *
   * @param waiting may be closed from any thread
   * @throws StatusRuntimeException RESOURCE_EXHAUSTED if too much has come of it already,
   *     INVALID_ARGUMENT if what has come is no message, CANCELLED if it has ended
   */
  void begin(ServerCall<?, ?> waiting) {
    StatusRuntimeException reason;
    synchronized (this) {
      if (closed.isEmpty()) {
        requireOpen();
        if (!messages.tooMuch()) {
          call = Optional.of(waiting);
          listening = true;
          place.listen();
          boolean one = waiting.getMethodDescriptor().getType().clientSendsOneMessage();
          awaited.begin(one, System.nanoTime());
          return;
        }
        closed = Optional.of(noRoom().get());
      }
      reason = closed.get();
    }
    calls.soon(reset);
    throw reason;
  }

  private void requireOpen() {
    if (closed.isPresent()) { // whoever is told first, it is told the same
      throw closed.get();
    }
    if (over) {
      throw Status.CANCELLED.withDescription("the call has ended").asRuntimeException();
    }
  }

  /** Why it ends that has no room now: for want of patience, unless there never is as much. */
  private Supplier<StatusRuntimeException> noRoom() {
    ArrivalRefusals refusals = calls.refusals();
    return messages.mightFit() ? refusals::tooMuch : refusals::tooLarge;
  }

  /**
   * A frame of its messages has come, on its connection's thread.
   *
   * @param frame which has no bytes if it only says that it is the last
   * @param last whether it is
   * @return whether it is to be gone on with: what comes for a call that was closed is not, nor
   *     what would have gRPC take a client's fault for the server's
   */
  boolean arrived(ByteBuf frame, boolean last) {
    Optional<String> fault;
    Supplier<StatusRuntimeException> reason;
    synchronized (this) {
      if (closed.isPresent()) {
        return false;
      }
      if (over) {
        return true;
      }
      boolean room = !frame.isReadable() || messages.arrived(frame);
      fault = messages.fault(last);
      if (fault.isEmpty() && room) {
        return true;
      }
      if (fault.isPresent() && call.isEmpty()) { // whoever begins it is told
        closed = fault.map(calls.refusals()::noMessages);
        return false;
      }
      reason = fault.isEmpty() ? noRoom() : () -> calls.refusals().noMessages(fault.get());
    }
    boolean ended = close(reason);
    return fault.isEmpty() && !ended;
  }

  /** {@inheritDoc} A stream's is waited for from now on. */
  @Override
  public synchronized void inboundMessage(int number) {
    awaited.begun(System.nanoTime());
  }

  /**
   * {@inheritDoc} Of a message that was packed, as it is read by whoever takes it; of others, the
   * connection's thread tells of the whole, which counts already.
   *
   * @throws StatusRuntimeException RESOURCE_EXHAUSTED if there is no room for more of it, what the
   *     call was closed for if it was, CANCELLED if it has ended
   */
  @Override
  public void inboundUncompressedSize(long bytes) {
    if (Thread.currentThread() == transport) {
      return;
    }
    StatusRuntimeException reason;
    synchronized (this) {
      requireOpen();
      if (messages.unpacked(bytes)) {
        return;
      }
      reason = noRoom().get();
      closed = Optional.of(reason);
      call = Optional.empty(); // it is refused once
    }
    calls.soon(reset);
    throw reason;
  }

  /** The oldest whole message has been read. */
  synchronized void messageRead() {
    messages.read();
  }

  /** The oldest whole message has been taken. */
  synchronized void messageTaken() {
    if (!awaited.isOnlyOne()) {
      messages.take();
    }
  }

  /** There are no more to come. */
  synchronized void allTaken() {
    awaited.end();
    messages.takeAll();
  }

  /**
   * Whoever listened to the call holds none of its messages any more. gRPC tells listeners of each
   * end, but where memory ran out for that; then the heap's end is the server's.
   */
  synchronized void end() {
    listening = false;
    place.endListening();
    if (over) {
      messages.drop();
    }
  }

  /** Closes the call if a request has been on its way for longer than {@code patience}. */
  void endIfLate(long now, long patienceNanos) {
    boolean late;
    synchronized (this) {
      late = awaited.isLate(messages.ended(), now, patienceNanos);
    }
    if (late) {
      boolean unused = close(calls.refusals()::tooLate);
    }
  }

  /**
   * Closes it outside of this lock: gRPC has its own. Where its client has no window for answers,
   * its end waits behind them; so its stream is given up soon.
   *
   * @return whether it could be, and was not
   */
  private boolean close(Supplier<StatusRuntimeException> reason) {
    ServerCall<?, ?> closing;
    StatusRuntimeException words;
    synchronized (this) {
      if (over || call.isEmpty()) {
        return false;
      }
      closing = call.get();
      call = Optional.empty();
      words = reason.get();
      closed = Optional.of(words);
    }
    calls.soon(reset);
    Metadata own = new Metadata(); // gRPC adds to it
    Optional.ofNullable(words.getTrailers()).ifPresent(own::merge);
    closing.close(words.getStatus(), own);
    return true;
  }

  @Override
  public synchronized void streamClosed(Status status) {
    if (!over) {
      over = true;
      awaited.end();
      if (!listening) {
        messages.drop();
      }
      place.end();
      calls.remove(this);
    }
  }
}
