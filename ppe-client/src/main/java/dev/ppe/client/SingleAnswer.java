package dev.ppe.client;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.Optional;

/** What comes back of a question that has one answer; gRPC tells it one thing at a time. */
final class SingleAnswer<A> extends ClientCall.Listener<A> {
  private final Taker<A> taker;
  private boolean begun;
  private Optional<A> message = Optional.empty();

  SingleAnswer(Taker<A> taker) {
    this.taker = taker;
  }

  /** Who hears of the end, once. */
  interface Taker<A> {
    /** The answer is there. */
    void answered(A answer);

    /** The call has ended well, and without an answer. */
    void unanswered();

    /**
     * The call has failed.
     *
     * @param begun whether a replica had begun to answer
     */
    void failed(Status status, Metadata trailers, boolean begun);

    /** One of the others has thrown that. */
    void broken(Throwable e);
  }

  @Override
  public void onHeaders(Metadata headers) {
    begun = true;
  }

  @Override
  public void onMessage(A answer) {
    message = Optional.of(answer);
  }

  /** gRPC would drop what is thrown here, and the caller would wait for ever. */
  @Override
  public void onClose(Status status, Metadata trailers) {
    try {
      closed(status, trailers);
    } catch (RuntimeException | Error e) {
      taker.broken(e);
    }
  }

  private void closed(Status status, Metadata trailers) {
    if (!status.isOk()) {
      taker.failed(status, trailers, begun);
    } else if (message.isPresent()) {
      taker.answered(message.get());
    } else {
      taker.unanswered();
    }
  }
}
