package dev.ppe.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.server.config.ConnectionSettings;
import dev.ppe.server.security.ClientIdentity;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How many calls an address may lose, and for how long one that loses more is kept out. */
class LostCallsTest {
  private static final ClientIdentity CLIENT = ClientIdentity.ofAddress("10.0.0.7");
  private static final ClientIdentity OTHER = ClientIdentity.ofAddress("10.0.0.8");

  private long now = Long.MAX_VALUE - 5; // clocks may begin anywhere
  private final LostCalls lost = new LostCalls(10, 100, () -> now);

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private boolean lose(int calls) {
    boolean tooMany = false;
    for (int i = 0; i < calls; i++) {
      tooMany = lost.lose(CLIENT);
    }
    return tooMany;
  }

  @Test
  void asManyAsMayBeLostAtOnceAreForgiven() {
    assertThat(lose(100)).isFalse();
    assertThat(lost.bars(CLIENT)).isFalse();

    assertThat(lose(1)).isTrue();
    assertThat(lost.bars(CLIENT)).isTrue();
    assertThat(lost.bars(OTHER)).isFalse();
    assertThat(lost.lose(OTHER)).isFalse();
    assertThat(lost.lost()).isEqualTo(102);
    assertThat(lost.barred()).isEqualTo(1);
  }

  @Test
  void someMayBeLostEachSecondForEver() {
    assertThat(lose(100)).isFalse();
    for (int second = 0; second < 1000; second++) {
      pass(Duration.ofSeconds(1));
      assertThat(lose(10)).isFalse();
    }
    assertThat(lose(1)).isTrue();
  }

  @Test
  void aBarLastsAsLongAsWhatWasLostTakesAndAMinuteAtMost() {
    lose(105);
    pass(Duration.ofMillis(499));
    assertThat(lost.bars(CLIENT)).isTrue();
    pass(Duration.ofMillis(1));
    assertThat(lost.bars(CLIENT)).isFalse();

    lose(100_000);
    pass(Duration.ofMillis(59_999));
    assertThat(lost.bars(CLIENT)).isTrue();
    pass(Duration.ofMillis(1));
    assertThat(lost.bars(CLIENT)).isFalse();
  }

  @Test
  void nobodyIsRememberedWhoseCallsAreForgiven() {
    for (int address = 0; address < 100_000; address++) {
      lost.lose(ClientIdentity.ofAddress("10.0." + address));
      pass(Duration.ofMillis(1));
    }
    assertThat(lost.remembered()).isLessThanOrEqualTo(1000);
  }

  @Test
  void whereAnyNumberMayBeLostNobodyIsBarred() {
    LostCalls any = new LostCalls(0, 100, () -> now);
    for (int i = 0; i < 1000; i++) {
      assertThat(any.lose(CLIENT)).isFalse();
    }
    assertThat(any.bars(CLIENT)).isFalse();
    assertThat(any.lost()).isEqualTo(1000);
    assertThat(any.remembered()).isZero();
  }

  @Test
  void byDefaultAllThatAClientMayHaveOpenMayBeLostOrAMinutesWorth() {
    ConnectionSettings settings = ConnectionSettings.DEFAULT;
    LostCalls byDefault = LostCalls.of(settings);
    int forgiven =
        Math.min(CallLimits.of(settings).mostOfClient(), 60 * settings.maxLostCallsPerSecond());
    for (int i = 0; i < forgiven; i++) {
      assertThat(byDefault.lose(CLIENT)).isFalse();
    }
    for (int i = 0; i < 100_000; i++) {
      byDefault.lose(CLIENT);
    }
    assertThat(byDefault.bars(CLIENT)).isTrue();
  }
}
