package dev.ppe.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a replica says of pauses, whatever it says. */
class RetryHintTest {
  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);
  private static final Status FULL = Status.RESOURCE_EXHAUSTED.withDescription("full");

  static Metadata trailers(byte[] details) {
    Metadata trailers = new Metadata();
    trailers.put(DETAILS, details);
    return trailers;
  }

  private static Any retry(long seconds, int nanos) {
    return Any.pack(
        RetryInfo.newBuilder()
            .setRetryDelay(
                com.google.protobuf.Duration.newBuilder().setSeconds(seconds).setNanos(nanos))
            .build());
  }

  /** google.rpc.Status of a code, with details. */
  static byte[] status(Status.Code code, Any... details) {
    com.google.rpc.Status.Builder status =
        com.google.rpc.Status.newBuilder().setCode(code.value()).setMessage("full");
    for (Any detail : details) {
      status.addDetails(detail);
    }
    return status.build().toByteArray();
  }

  static byte[] pauseOfSeconds(long seconds) {
    return status(Status.Code.RESOURCE_EXHAUSTED, retry(seconds, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 250000000, PT0.25S",
    "3, 0, PT3S",
    "0, 0, PT0.001S",
    "-5, 0, PT0.001S",
    "0, -2000000000, PT0.001S",
    "86400, 1, PT24H",
    "9223372036854775807, 2147483647, PT24H",
    "-9223372036854775808, -2147483648, PT0.001S"
  })
  void thePauseIsWhatItWantsFromAMillisecondToADay(long seconds, int nanos, Duration pause) {
    byte[] details = status(Status.Code.RESOURCE_EXHAUSTED, retry(seconds, nanos));
    assertThat(RetryHint.of(FULL, trailers(details))).contains(pause);
  }

  @Test
  void withoutAHintThereIsNone() {
    assertThat(RetryHint.of(FULL, new Metadata())).isEmpty();
    Any other = Any.pack(com.google.protobuf.Duration.getDefaultInstance());
    assertThat(RetryHint.of(FULL, trailers(status(Status.Code.RESOURCE_EXHAUSTED, other))))
        .isEmpty();
  }

  @Test
  void detailsOfAnotherFailureAreNone() {
    byte[] details = status(Status.Code.UNAVAILABLE, retry(1, 0));
    assertThat(RetryHint.of(FULL, trailers(details))).isEmpty();
  }

  @Test
  void whatIsNoMessageIsNone() {
    assertThat(RetryHint.of(FULL, trailers(new byte[] {10, 127, 1}))).isEmpty();
    Any rubbish = retry(1, 0).toBuilder().setValue(ByteString.fromHex("0a7f01")).build();
    assertThat(RetryHint.of(FULL, trailers(status(Status.Code.RESOURCE_EXHAUSTED, rubbish))))
        .isEmpty();
  }

  /** As it comes from a damaged or a hostile replica: read as some hint, or as none. */
  @Test
  void noBytesBreakIt() {
    Random random = new Random(7);
    byte[] good = pauseOfSeconds(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] bad = good.clone();
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      assertThat(RetryHint.of(FULL, trailers(bad)).orElse(Duration.ofDays(1)))
          .isBetween(Duration.ofMillis(1), Duration.ofDays(1));
    }
  }

  @Test
  void aFailureWithUnreadableDetailsIsNoOverload() {
    PpeException failure =
        PpeException.of(FULL, FULL.asRuntimeException(trailers(new byte[] {10, 127, 1})));
    assertThat(failure.isOverload()).isFalse();
    PpeException overload =
        PpeException.of(
            FULL,
            StatusProto.toStatusRuntimeException(
                com.google.rpc.Status.newBuilder()
                    .setCode(Status.Code.RESOURCE_EXHAUSTED.value())
                    .addDetails(retry(1, 0))
                    .build()));
    assertThat(overload.isOverload()).isTrue();
  }
}
