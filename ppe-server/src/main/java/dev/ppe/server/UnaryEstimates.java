package dev.ppe.server;

import dev.ppe.server.observe.EncodedTask;
import dev.ppe.server.observe.Observation;
import dev.ppe.server.observe.ObservedCall;
import dev.ppe.v1.EstimateRequest;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Optional;

/**
 * The method Estimate. A request whose very bytes have been answered before gets the same bytes
 * again, without being read; every other one goes to the pool.
 */
final class UnaryEstimates {
  /** Larger requests are not looked for by their bytes: that would hold up the call's thread. */
  private static final int LARGEST_DIGESTED = 1 << 18;

  private final WeighedRequests<EstimateRequest> requests;
  private final SimulationPool pool;
  private final Optional<AnswerCache> answers;
  private final UnreadAnswers unread;

  UnaryEstimates(
      WeighedRequests<EstimateRequest> requests,
      SimulationPool pool,
      Optional<AnswerCache> answers,
      UnreadAnswers unread) {
    this.requests = requests;
    this.pool = pool;
    this.answers = answers;
    this.unread = unread;
  }

  /** Answers a call whose request is {@code bytes}. */
  void estimate(byte[] bytes, StreamObserver<byte[]> responses) {
    ServerCallStreamObserver<byte[]> call = (ServerCallStreamObserver<byte[]>) responses;
    UnreadAnswers.Account account = unread.open();
    call.setOnCloseHandler(account::close);
    call.setOnCancelHandler(account::close);
    Optional<RequestDigest> digest =
        answers.filter(cache -> bytes.length <= LARGEST_DIGESTED).map(c -> RequestDigest.of(bytes));
    Optional<byte[]> known = digest.flatMap(key -> answers.flatMap(cache -> cache.get(key)));
    if (known.isPresent()) {
      ObservedCall.current().asksFor(bytes); // whatever becomes of it
      account.add(known.get().length); // throws if too much lies unread
      answers.ifPresent(AnswerCache::countRequestHit);
      CacheMetadata.ofCall().add(CacheStatus.HIT);
      answer(responses, known.get());
    } else {
      // Before looking at them: the overloaded have no time for it.
      long hopeful = pool.requireHope(bytes.length);
      submit(bytes, hopeful, new OneCall(responses, account, CacheMetadata.ofCall(), digest));
    }
  }

  private void submit(byte[] bytes, long hopeful, OneCall call) {
    EncodedTask task = EncodedTask.of(bytes);
    Observation observation = ObservedCall.current().begin(task.described());
    try {
      UnreadRequest request = requests.unread(bytes, task);
      if (request.heapBytes() > hopeful) { // rarely: asking takes the workers' lock
        pool.requireRoom(request.heapBytes());
      }
      pool.submit(new Job.Origin(request, true, observation), call);
    } catch (RuntimeException | Error refusal) {
      observation.failed(refusal);
      throw refusal;
    }
  }

  private static void answer(StreamObserver<byte[]> responses, byte[] response) {
    responses.onNext(response);
    responses.onCompleted();
  }

  private final class OneCall implements ToldClient.Client {
    private final StreamObserver<byte[]> responses;
    private final UnreadAnswers.Account account;
    private final CacheMetadata.OfCall metadata;
    private final Optional<RequestDigest> digest;

    OneCall(
        StreamObserver<byte[]> responses,
        UnreadAnswers.Account account,
        CacheMetadata.OfCall metadata,
        Optional<RequestDigest> digest) {
      this.responses = responses;
      this.account = account;
      this.metadata = metadata;
      this.digest = digest;
    }

    @Override
    public Runnable accept(byte[] response, CacheStatus status) {
      digest.ifPresent(key -> answers.ifPresent(cache -> cache.put(key, response)));
      account.add(response.length); // throws if answers that were begun with this one lie unread
      metadata.add(status);
      return () -> answer(responses, response);
    }

    @Override
    public void failed(Throwable failure) {
      responses.onError(Refusals.exceptionOf(failure));
    }
  }
}
