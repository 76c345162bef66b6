package dev.ppe.client.load;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.ppe.client.RetryHint;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Deadline;
import io.grpc.KnownLength;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A request under way. Messages stay bytes in both directions, so that answers are compared as they
 * came. With retries, an overloaded replica gets the pause that it asks for, within the deadline.
 */
final class OneCall {
  private static final MethodDescriptor<ByteString, ByteString> METHOD = method();

  private final Channel channel;
  private final ByteString request;
  private final Deadline deadline;
  private final Optional<ScheduledExecutorService> pauses;
  private final Listener listener;

  /** Is told what comes of a call. */
  interface Listener {
    /** An answer; there should be one at most. */
    void answered(ByteString answer, int before);

    /** The end of the last attempt. */
    void ended(Status status);
  }

  /**
   * A call that is not sent yet.
   *
   * @param pauses what waits for overloaded replicas; without, their refusals are the end
   */
  OneCall(
      Channel channel,
      ByteString request,
      Duration deadline,
      Optional<ScheduledExecutorService> pauses,
      Listener listener) {
    this.channel = channel;
    this.request = request;
    this.deadline = Deadline.after(deadline.toNanos(), TimeUnit.NANOSECONDS);
    this.pauses = pauses;
    this.listener = listener;
  }

  void send() {
    ClientCall<ByteString, ByteString> call =
        channel.newCall(METHOD, CallOptions.DEFAULT.withDeadline(deadline));
    call.start(new Attempt(), new Metadata());
    call.request(2); // a second answer is to be seen
    call.sendMessage(request);
    call.halfClose();
  }

  private final class Attempt extends ClientCall.Listener<ByteString> {
    private int answers;

    @Override
    public void onMessage(ByteString answer) {
      listener.answered(answer, answers++);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      if (pauses.isPresent() && !status.isOk()) {
        Optional<Duration> pause = RetryHint.of(status, trailers);
        long left = deadline.timeRemaining(TimeUnit.NANOSECONDS);
        if (pause.isPresent() && pause.get().toNanos() < left && again(pause.get())) {
          return;
        }
      }
      listener.ended(status);
    }

    private boolean again(Duration pause) {
      try {
        Future<?> unused =
            pauses
                .orElseThrow()
                .schedule(OneCall.this::send, pause.toNanos(), TimeUnit.NANOSECONDS);
        return true;
      } catch (RejectedExecutionException e) {
        return false; // the run is over
      }
    }
  }

  private static MethodDescriptor<ByteString, ByteString> method() {
    MethodDescriptor<EstimateRequest, EstimateResponse> method =
        PowerPerformanceEvaluationServiceGrpc.getEstimateMethod();
    return method.toBuilder(new Bytes(), new Bytes()).setSchemaDescriptor(null).build();
  }

  /** Messages as they are on the wire. */
  private static final class Bytes implements Marshaller<ByteString> {
    @Override
    public InputStream stream(ByteString message) {
      return message.newInput();
    }

    @Override
    public ByteString parse(InputStream stream) {
      try {
        return UnsafeByteOperations.unsafeWrap(
            stream instanceof KnownLength
                ? stream.readNBytes(stream.available())
                : stream.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
