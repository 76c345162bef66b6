package dev.ppe.distribution.failures;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.ppe.v1.EstimateRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Calls as gRPC has them, with what they must not hold. */
final class BadCalls {
  private static final CallOptions PATIENT = CallOptions.DEFAULT;

  /**
   * For one message at a time that is too large: with the defaults it has 81 MiB, and as many again
   * outside of the heap until they are sent. Several would be too large for this process first.
   */
  private static final Semaphore LARGE = new Semaphore(1);

  private BadCalls() {}

  private static Status estimate(Channel channel, CallOptions options, byte[] request) {
    CallOptions limited =
        options.getDeadline() == null ? options.withDeadlineAfter(60, TimeUnit.SECONDS) : options;
    try {
      Requests.estimate(channel, limited, request);
      return Status.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus();
    }
  }

  private static void expect(Attacker attacker, String what, Status status, Set<Code> codes) {
    attacker.ended(what, status);
    if (!codes.contains(status.getCode()) && !attacker.isOver()) {
      attacker.fault("%s ended with %s".formatted(what, status));
    }
  }

  /** One call whose end must be one of these. */
  static void send(Attacker attacker, String what, EstimateRequest request, Set<Code> codes) {
    expect(attacker, what, estimate(attacker.channel(), PATIENT, request.toByteArray()), codes);
  }

  /** Too large in itself, when unpacked, as a model, or by its own account. */
  static void oversized(Attacker attacker, RandomGenerator random)
      throws IOException, InterruptedException {
    int kind = random.nextInt(5);
    switch (kind) {
      case 3 -> largeMetadata(attacker);
      case 4 -> claims(attacker);
      default -> {
        LARGE.acquire();
        try {
          large(attacker, kind);
        } finally {
          LARGE.release();
        }
      }
    }
  }

  private static void large(Attacker attacker, int kind) {
    Configuration.Promises promises = attacker.promises();
    byte[] zeros = new byte[promises.maxMessageBytes() * 5 / 4];
    Set<Code> tooLarge = EnumSet.of(Code.RESOURCE_EXHAUSTED);
    switch (kind) {
      case 0 ->
          expect(
              attacker,
              "a large message",
              estimate(attacker.channel(), PATIENT, zeros),
              // What is left of it when the refusal is out is reset.
              EnumSet.of(Code.RESOURCE_EXHAUSTED, Code.CANCELLED));
      case 1 ->
          expect(
              attacker,
              "a message that unpacks to too much",
              estimate(attacker.channel(), PATIENT.withCompression("gzip"), zeros),
              tooLarge);
      default -> {
        ByteString model = UnsafeByteOperations.unsafeWrap(zeros, 0, promises.maxModelBytes() + 1);
        EstimateRequest request = EstimateRequest.newBuilder().setOnnx(model).build();
        send(attacker, "a large model", request, tooLarge);
      }
    }
  }

  private static void largeMetadata(Attacker attacker) {
    Metadata metadata = new Metadata();
    metadata.put(Metadata.Key.of("x-large", Metadata.ASCII_STRING_MARSHALLER), "x".repeat(20_000));
    Channel channel =
        ClientInterceptors.intercept(
            attacker.channel(), MetadataUtils.newAttachHeadersInterceptor(metadata));
    Status status = estimate(channel, PATIENT, Requests.small().toByteArray());
    if (!(status.getCause()
        instanceof Http2Exception.HeaderListSizeException)) { // its own: it knows the limit by now
      expect(
          attacker,
          "large metadata",
          status,
          EnumSet.complementOf(EnumSet.of(Code.OK, Code.UNKNOWN)));
    }
  }

  /** Says that 4 GiB follow, and sends as much as is taken. */
  private static void claims(Attacker attacker) throws IOException {
    RawConnection connection = attacker.connect();
    try {
      byte[] prefix = ByteBuffer.allocate(5).put((byte) 0).putInt(-1).array();
      byte[] part = Frames.frame(Frames.DATA, 0, 1, new byte[16_000]);
      connection.begin().write(Frames.call(1, "Estimate"));
      connection.write(Frames.frame(Frames.DATA, 0, 1, prefix));
      for (int i = 0; i < 4; i++) { // as far as the first window goes
        connection.write(part);
      }
      connection.awaitClose(50);
    } finally {
      attacker.drop(connection);
    }
  }

  /** Requests that take far longer than their callers wait. */
  static void impatient(Attacker attacker, RandomGenerator random) {
    byte[] request = Requests.large(random.nextInt(1_000)).toByteArray();
    int millis = 1 + random.nextInt(random.nextInt(4) == 0 ? 200 : 20);
    Status status =
        estimate(
            attacker.channel(), PATIENT.withDeadlineAfter(millis, TimeUnit.MILLISECONDS), request);
    expect(
        attacker,
        "a call with a short deadline",
        status,
        EnumSet.of(Code.OK, Code.DEADLINE_EXCEEDED, Code.RESOURCE_EXHAUSTED, Code.CANCELLED));
  }

  /** Bytes changed, lost, repeated or cut off in what would be a request. */
  static void damaged(Attacker attacker, RandomGenerator random) {
    byte[] bytes = damage(Requests.small().toByteArray(), random);
    attacker.ended("a damaged request", estimate(attacker.channel(), PATIENT, bytes));
  }

  /** One to eight such changes; what is given may be changed as well. */
  static byte[] damage(byte[] given, RandomGenerator random) {
    byte[] bytes = given;
    for (int edits = 1 + random.nextInt(8); edits > 0; edits--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
        case 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        default -> {
          byte[] longer = Arrays.copyOf(bytes, bytes.length + 16);
          System.arraycopy(bytes, at, longer, Math.min(at + 16, longer.length), bytes.length - at);
          bytes = longer;
        }
      }
    }
    return bytes;
  }
}
