package dev.ppe.server;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A stream's answers on their way to the transport, all of them on the client's account until they
 * have been sent or thrown away. Any thread may add to it; the others are for one at a time.
 */
final class Outbox {
  /** The transport gets no more while so many bytes wait to be sent. */
  private static final int TRANSPORT_BYTES = 1 << 15;

  private final ServerCallStreamObserver<byte[]> client;
  private final UnreadAnswers.Account account;
  private final Queue<byte[]> answers = new ConcurrentLinkedQueue<>();
  private long handedOver; // bytes that the transport may not have sent yet

  Outbox(ServerCallStreamObserver<byte[]> client, UnreadAnswers.Account account) {
    this.client = client;
    this.account = account;
  }

  /** One more that is on the account. */
  void add(byte[] answer) {
    try {
      answers.add(answer);
    } catch (Throwable failure) { // no memory to keep it in
      account.release(answer.length);
      throw failure;
    }
  }

  boolean isEmpty() {
    return answers.isEmpty();
  }

  /**
   * Gives the transport what it takes now; it says when it has sent that.
   *
   * @return how many answers
   */
  int send() {
    releaseWhatIsSent();
    int sent = 0;
    while (!answers.isEmpty() && transportTakesMore()) {
      byte[] next = answers.remove();
      handedOver += next.length;
      client.onNext(next);
      sent++;
    }
    return sent;
  }

  /** Nobody is to get them any more. */
  void clear() {
    for (byte[] answer = answers.poll(); answer != null; answer = answers.poll()) {
      account.release(answer.length);
    }
  }

  /** Also while there is nothing more to send: who has read all is to owe nothing. */
  private void releaseWhatIsSent() {
    if (handedOver > 0 && client.isReady()) {
      account.release(handedOver);
      handedOver = 0;
    }
  }

  private boolean transportTakesMore() {
    releaseWhatIsSent();
    return client.isReady() || (handedOver > 0 && handedOver < TRANSPORT_BYTES);
  }
}
