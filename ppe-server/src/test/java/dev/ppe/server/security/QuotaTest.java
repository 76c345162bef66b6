package dev.ppe.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.RetryInfo;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QuotaTest {
  private static final long MILLISECOND = 1_000_000;

  private final AtomicLong clock = new AtomicLong(-5); // nanoTime may be anything

  private final Quota quota = new Quota("search-a", new Client.Rate(100, 3), clock::get);

  private void take(int requests) {
    for (int i = 0; i < requests; i++) {
      quota.take();
    }
  }

  private StatusRuntimeException refusal() {
    return catchThrowableOfType(StatusRuntimeException.class, quota::take);
  }

  @Test
  void aBurstIsTakenAndTheNextIsRefusedWithTheTimeOfItsTurn() throws Exception {
    take(3);
    clock.addAndGet(4 * MILLISECOND);
    StatusRuntimeException refusal = refusal();
    assertThat(refusal.getStatus().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(refusal.getStatus().getDescription())
        .isEqualTo("client \"search-a\" is over its quota of 100 requests a second");
    assertThat(delay(refusal)).isEqualTo(Duration.newBuilder().setNanos(6_000_000).build());
  }

  private static Duration delay(StatusRuntimeException refusal)
      throws InvalidProtocolBufferException {
    return StatusProto.fromThrowable(refusal).getDetails(0).unpack(RetryInfo.class).getRetryDelay();
  }

  @Test
  void whoWaitsAsToldIsTaken() throws Exception {
    take(3);
    assertThat(delay(refusal())).isEqualTo(Duration.newBuilder().setNanos(10_000_000).build());
    clock.addAndGet(10 * MILLISECOND);
    take(1);
    assertThat(refusal()).isNotNull();
  }

  @Test
  void itFillsSteadilyAndNeverOverItsBurst() {
    take(3);
    clock.addAndGet(20 * MILLISECOND);
    take(2);
    assertThat(refusal()).isNotNull();
    clock.addAndGet(3600 * 1000 * MILLISECOND);
    take(3);
    assertThat(refusal()).isNotNull();
  }

  @Test
  void refusalsCostNothing() {
    take(3);
    for (int i = 0; i < 100; i++) {
      assertThat(refusal()).isNotNull();
    }
    clock.addAndGet(10 * MILLISECOND);
    take(1);
  }
}
