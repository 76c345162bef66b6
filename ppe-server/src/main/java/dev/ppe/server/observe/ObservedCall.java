package dev.ppe.server.observe;

import dev.ppe.server.security.ClientIdentity;
import io.grpc.Context;
import io.grpc.Status;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One call, and the requests in it. A call that ends before a request of it was begun counts as one
 * itself.
 */
public final class ObservedCall {
  private static final Context.Key<ObservedCall> KEY = Context.key("ppe-call");

  private final String id;
  private final String method;
  private final boolean oneMessage;
  private final List<RequestListener> listeners;
  private final Arrival arrival = Arrival.now();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile RequestRecord.Task task = RequestRecord.Task.NONE;
  private volatile ClientIdentity client = ClientIdentity.current();

  ObservedCall(String id, String method, boolean oneMessage, List<RequestListener> listeners) {
    this.id = id;
    this.method = method;
    this.oneMessage = oneMessage;
    this.listeners = listeners;
  }

  /** The call that the current thread works for; outside of calls, one that nobody is told of. */
  public static ObservedCall current() {
    return Optional.ofNullable(KEY.get())
        .orElseGet(() -> new ObservedCall("", "", true, List.of()));
  }

  Context in(Context context) {
    return context.withValue(KEY, this);
  }

  /** It has turned out whose call it is, whatever becomes of it. */
  public void madeBy(ClientIdentity identity) {
    client = identity;
  }

  String id() {
    return id;
  }

  /** The call is answered without reading its request, which is {@code bytes}. */
  public void asksFor(byte[] bytes) {
    task = EncodedTask.of(bytes).described();
  }

  /** The request of this call is looked at now; it began with the call. */
  public Observation begin(RequestRecord.Task asked) {
    return begin(asked, arrival);
  }

  /** One of several requests of this call is looked at now. */
  public Observation begin(RequestRecord.Task asked, Arrival begun) {
    int number = requests.incrementAndGet();
    String requestId = oneMessage ? id : id + "/" + number;
    return new Observation(requestId, method, asked, begun, Context.current(), listeners);
  }

  /** The call is over. */
  void ended(Status.Code code) {
    if (ended.compareAndSet(false, true) && requests.get() == 0) {
      RequestRecord record =
          new RequestRecord(
              id,
              method,
              client,
              task,
              code,
              arrival.time(),
              arrival.nanosSince(),
              OptionalLong.empty());
      listeners.forEach(listener -> listener.finished(record, Optional.empty()));
    }
  }
}
