package dev.ppe.server;

import dev.ppe.server.observe.Observation;
import dev.ppe.server.observe.ObservedCall;
import dev.ppe.server.security.Quota;
import dev.ppe.v1.EstimateStreamRequest;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One call of EstimateStream: what its client asks. What it is told is {@link StreamReplies}'.
 *
 * <p>A fixed number of requests is asked of the transport at the start, and one more for every
 * answer that the transport has taken. So no more than that number is ever read, in work or waiting
 * to be sent, whatever the client does: one that sends and never reads fills the transport's
 * windows and stands still. What lies about then, here and in the transport, is on its account with
 * {@link UnreadAnswers}: many streams together are bounded by that.
 */
final class EstimateStream implements StreamObserver<StreamMessage> {
  private final Work work;
  private final ServerCallStreamObserver<byte[]> client;
  private final UnreadAnswers.Account account;
  private final StreamReplies replies;
  private final CacheMetadata.OfCall metadata = CacheMetadata.ofCall();

  /** Where its requests go. */
  record Work(WeighedRequests<EstimateStreamRequest> requests, SimulationPool pool) {}

  EstimateStream(
      Work work,
      ServerCallStreamObserver<byte[]> client,
      UnreadAnswers.Account account,
      Consumer<EstimateStream> onEnd) {
    this.work = work;
    this.client = client;
    this.account = account;
    this.replies = new StreamReplies(client, account, () -> onEnd.accept(this));
  }

  /** Asks for the first requests. Only while the call is being set up. */
  void start(int window) {
    client.disableAutoRequest();
    client.setOnReadyThreshold(1); // ready is to mean that all has been sent
    client.setOnReadyHandler(replies::askToSend);
    client.setOnCancelHandler(replies::gone);
    client.setOnCloseHandler(replies::gone); // others may end the call, for bytes that do not parse
    client.request(window);
  }

  @Override
  public void onNext(StreamMessage message) {
    if (replies.ended()) { // the client has not heard of it yet: nobody would get the answer
      return;
    }
    Optional<RuntimeException> overQuota = spend(); // first: what cannot be read counts, too
    StreamMessage.Head head = message.head();
    replies.begin();
    Observation observation =
        ObservedCall.current().begin(head.task().described(), message.arrival());
    try {
      if (overQuota.isPresent()) {
        throw overQuota.get();
      }
      if (!head.hasRequest()) {
        throw new IllegalArgumentException("request is missing");
      }
      account.requireReader();
      work.pool().requireRoom(message.bytes().length);
      UnreadRequest request = work.requests().unread(message.bytes(), head.task());
      work.pool().submit(new Job.Origin(request, false, observation), new OneOfMany(head.id()));
    } catch (RuntimeException e) {
      observation.failed(e);
      if (WeighedRequests.isNoMessage(e)) {
        throw e; // the stream ends
      }
      replies.refuse(head.id(), e);
    }
  }

  private static Optional<RuntimeException> spend() {
    try {
      Quota.spend();
      return Optional.empty();
    } catch (RuntimeException overQuota) {
      return Optional.of(overQuota);
    }
  }

  /** Where one request's answer goes. */
  private final class OneOfMany implements ToldClient.Client {
    private final String id;

    OneOfMany(String id) {
      this.id = id;
    }

    @Override
    public Runnable accept(byte[] response, CacheStatus status) {
      byte[] answer = StreamAnswers.answer(id, response);
      account.add(answer.length); // throws if too much lies unread
      metadata.add(status);
      return () -> replies.answer(answer);
    }

    @Override
    public void failed(Throwable failure) {
      if (WeighedRequests.isNoMessage(failure)) {
        replies.breakOff(failure);
        return;
      }
      try {
        replies.refuse(id, failure);
      } catch (Throwable untold) { // memory does not hold that either: the id is lost
        replies.breakOff(untold);
        throw untold;
      }
    }
  }

  @Override
  public void onCompleted() {
    replies.halfClose();
  }

  @Override
  public void onError(Throwable cancelled) {
    replies.gone();
  }

  /** No more requests: the call ends when those in work are answered. */
  void drain() {
    replies.drain();
  }
}
