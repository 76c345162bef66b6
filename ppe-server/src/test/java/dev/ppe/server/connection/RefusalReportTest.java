package dev.ppe.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.server.connection.ClientLimits.Refusal;
import dev.ppe.server.security.ClientIdentity;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the log says of refused connections, and how often. */
class RefusalReportTest {
  private static final ClientIdentity CLIENT = ClientIdentity.ofAddress("10.0.0.7");

  private long now;
  private final RefusalReport report = new RefusalReport(new ConnectionLimits(9, 3), () -> now);

  @Test
  void theFirstOneIsToldAtOnceAndTheOthersWithTheFirstAfterAMinute() {
    assertThat(report.refused(CLIENT, Refusal.CLIENT))
        .contains(
            "connections refused: 1 since this was last told, now one of 10.0.0.7: it has 3, as"
                + " many as one address may have (connections.maxConnectionsPerClient)");
    now += Duration.ofSeconds(59).toNanos();
    assertThat(report.refused(CLIENT, Refusal.CLIENT)).isEmpty();
    assertThat(report.refused(CLIENT, Refusal.FULL)).isEmpty();
    now += Duration.ofSeconds(1).toNanos();
    assertThat(report.refused(CLIENT, Refusal.FULL))
        .contains(
            "connections refused: 3 since this was last told, now one of 10.0.0.7: there are 9, as"
                + " many as may be (connections.maxConnections)");
  }

  @Test
  void oneThatLosesTooManyCallsIsToldWhatItDoes() {
    assertThat(report.barred(CLIENT))
        .contains(
            "connections refused: 1 since this was last told, now one of 10.0.0.7: it loses"
                + " more calls than one address may"
                + " (connections.maxLostCallsPerSecond)");
    assertThat(report.refused(CLIENT, Refusal.CLIENT)).isEmpty();
  }
}
