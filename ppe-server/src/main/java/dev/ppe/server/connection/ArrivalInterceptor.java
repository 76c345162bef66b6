package dev.ppe.server.connection;

import dev.ppe.server.connection.ClientLimits.Refusal;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Optional;

/**
 * Tells each {@link ArrivingCall} when its requests are taken, and when it is answered; refuses
 * those that have no place.
 */
final class ArrivalInterceptor implements ServerInterceptor {
  private final ArrivalRefusals refusals;

  /** One whose refusals have the words of {@code refusals}, which counts them. */
  ArrivalInterceptor(ArrivalRefusals refusals) {
    this.refusals = refusals;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    ArrivingCall arriving = ArrivingCall.current();
    Optional<Refusal> refusal = arriving.place().refusal();
    if (refusal.isPresent()) {
      throw refusals.tooMany(refusal.get());
    }
    arriving.begin(call);
    try {
      return new TakingListener<>(
          next.startCall(new AnsweredCall<>(call, arriving.place()), headers), arriving);
    } catch (RuntimeException | Error e) { // nobody will be told of its end
      arriving.end();
      throw e;
    }
  }

  /**
   * Tells a place of its call's answer. Its stream of HTTP/2 knows too late: by then gRPC has had
   * somebody wait for a thread to hear of the call's end.
   */
  private static final class AnsweredCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final CallPlace place;

    AnsweredCall(ServerCall<Q, A> call, CallPlace place) {
      super(call);
      this.place = place;
    }

    @Override
    public void close(Status status, Metadata trailers) {
      place.answer();
      super.close(status, trailers);
    }
  }

  private static final class TakingListener<Q> extends SimpleForwardingServerCallListener<Q> {
    private final ArrivingCall arriving;

    TakingListener(ServerCall.Listener<Q> listener, ArrivingCall arriving) {
      super(listener);
      this.arriving = arriving;
    }

    @Override
    public void onMessage(Q message) {
      arriving.messageRead();
      try {
        super.onMessage(message);
      } finally {
        arriving.messageTaken();
      }
    }

    @Override
    public void onHalfClose() {
      arriving.allTaken();
      super.onHalfClose();
    }

    @Override
    public void onCancel() {
      arriving.end();
      super.onCancel();
    }

    @Override
    public void onComplete() {
      arriving.end();
      super.onComplete();
    }
  }
}
