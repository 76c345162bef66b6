package dev.ppe.server;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a server says in a call, in order. */
final class Answers<Q, A> implements ClientResponseObserver<Q, A> {
  private final boolean slow;
  private final BlockingQueue<A> messages = new LinkedBlockingQueue<>();
  private final BlockingQueue<Status> end;
  private ClientCallStreamObserver<Q> call;

  private Answers(boolean slow, BlockingQueue<Status> end) {
    this.slow = slow;
    this.end = end;
  }

  /** Taken as they come. */
  static <Q, A> Answers<Q, A> eager() {
    return new Answers<>(false, new LinkedBlockingQueue<>());
  }

  /** Taken as they come, with the ends of several calls in one queue, in their order. */
  static <Q, A> Answers<Q, A> endingIn(BlockingQueue<Status> ends) {
    return new Answers<>(false, ends);
  }

  /** Not taken off the connection before {@link #read}. */
  static <Q, A> Answers<Q, A> slow() {
    return new Answers<>(true, new LinkedBlockingQueue<>());
  }

  /** Not taken off the connection before {@link #read}, with the ends of several calls. */
  static <Q, A> Answers<Q, A> slowEndingIn(BlockingQueue<Status> ends) {
    return new Answers<>(true, ends);
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<Q> requests) {
    call = requests;
    if (slow) {
      requests.disableAutoRequestWithInitial(0);
    }
  }

  @Override
  public void onNext(A message) {
    messages.add(message);
  }

  @Override
  public void onError(Throwable failure) {
    end.add(Status.fromThrowable(failure));
  }

  @Override
  public void onCompleted() {
    end.add(Status.OK);
  }

  void cancel() {
    call.cancel("no longer wanted", null);
  }

  A next() throws InterruptedException {
    return Optional.ofNullable(messages.poll(30, TimeUnit.SECONDS)).orElseThrow();
  }

  List<A> next(int count) throws InterruptedException {
    List<A> result = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      result.add(next());
    }
    return result;
  }

  /** Takes one off the connection. */
  A read() throws InterruptedException {
    call.request(1);
    return next();
  }

  Status end() throws InterruptedException {
    return Optional.ofNullable(end.poll(30, TimeUnit.SECONDS)).orElseThrow();
  }
}
