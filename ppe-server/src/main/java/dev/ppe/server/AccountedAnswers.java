package dev.ppe.server;

import com.google.protobuf.MessageLite;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;

/**
 * Methods whose answers are put on their clients' accounts from outside, as they have a few KB and
 * go straight to the transport. A request is not taken while its client is to read other answers;
 * what is answered to one that was taken is sent in any case.
 *
 * @param unread of the answers, by clients that do not read
 */
record AccountedAnswers(UnreadAnswers unread) {
  /** The same method; its answers are messages of protocol buffers. */
  <Q, A> ServerMethodDefinition<Q, A> of(ServerMethodDefinition<Q, A> method) {
    ServerCallHandler<Q, A> handler = method.getServerCallHandler();
    return method.withServerCallHandler((call, headers) -> start(handler, call, headers));
  }

  private <Q, A> ServerCall.Listener<Q> start(
      ServerCallHandler<Q, A> handler, ServerCall<Q, A> call, Metadata headers) {
    Accounted<Q, A> accounted = new Accounted<>(call, unread.open());
    if (accounted.isStream()) {
      call.setOnReadyThreshold(1); // ready is to mean that all has been sent
    }
    return new AskingListener<>(handler.startCall(accounted, headers), accounted);
  }

  private static final class Accounted<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final UnreadAnswers.Account account;
    private long handedOver; // bytes that the transport may not have sent yet

    Accounted(ServerCall<Q, A> call, UnreadAnswers.Account account) {
      super(call);
      this.account = account;
    }

    boolean isStream() {
      return !getMethodDescriptor().getType().serverSendsOneMessage();
    }

    @Override
    public synchronized void sendMessage(A message) {
      int bytes = ((MessageLite) message).getSerializedSize();
      handedOver += bytes;
      account.addInAnyCase(bytes);
      super.sendMessage(message);
    }

    /** A stream may last; the only answer of another call is held until the call has ended. */
    synchronized void releaseWhatIsSent() {
      if (isStream() && isReady()) {
        account.release(handedOver);
        handedOver = 0;
      }
    }
  }

  private static final class AskingListener<Q> extends SimpleForwardingServerCallListener<Q> {
    private final Accounted<Q, ?> call;

    AskingListener(ServerCall.Listener<Q> listener, Accounted<Q, ?> call) {
      super(listener);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      call.releaseWhatIsSent();
      call.account.requireReader();
      super.onMessage(message);
    }

    /** A call of one request is answered now, however long ago that came. */
    @Override
    public void onHalfClose() {
      if (!call.isStream()) {
        call.account.requireReader();
      }
      super.onHalfClose();
    }

    @Override
    public void onReady() {
      call.releaseWhatIsSent();
      super.onReady();
    }

    @Override
    public void onCancel() {
      call.account.close();
      super.onCancel();
    }

    @Override
    public void onComplete() {
      call.account.close();
      super.onComplete();
    }
  }
}
