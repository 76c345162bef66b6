package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ppe.server.health.WarmStart;
import dev.ppe.simulator.Interruption;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.wire.LocalEstimator;
import dev.ppe.wire.ServiceLimits;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A server is warmed up by calls, of which it does not hear itself. */
class RehearsalTest {
  private static final LocalEstimator LOCAL = new LocalEstimator(ServiceLimits.DEFAULT);
  private static final Logger WARM_STARTS = (Logger) LoggerFactory.getLogger(WarmStart.class);

  /** What is logged of warm-ups: a server is ready whether they fail or not. */
  private final ListAppender<ILoggingEvent> warmUps = new ListAppender<>();

  @BeforeEach
  void listen() {
    warmUps.start();
    WARM_STARTS.setLevel(Level.DEBUG);
    WARM_STARTS.setAdditive(false);
    WARM_STARTS.addAppender(warmUps);
  }

  @AfterEach
  void stopListening() {
    WARM_STARTS.detachAppender(warmUps);
    WARM_STARTS.setAdditive(true);
    WARM_STARTS.setLevel(null);
  }

  @Test
  void anEstimateIsWorkedOutThenFoundByItsBytesThenByItsNetwork() throws Exception {
    ServerConfig config = Loopback.config(Map.of());
    try (Estimates estimates = Estimates.of(config);
        Rehearsal rehearsal = new Rehearsal(config, estimates)) {
      EstimateRequest request = Requests.small();
      assertThat(rehearsal.estimate(request, Interruption.NEVER))
          .isEqualTo(LOCAL.estimate(request, Interruption.NEVER));
      ServerStatistics.Cache cache = rehearsal.statistics().cache();
      assertThat(cache.computed()).isEqualTo(1);
      assertThat(cache.requestHits()).isEqualTo(1);
      assertThat(cache.hits()).isEqualTo(1);
      assertThat(rehearsal.statistics().pool().admitted()).as("the network's twice").isEqualTo(2);
    }
  }

  @Test
  void theServersOwnWorkersDoNotHearOfIt() throws Exception {
    ConcurrentLinkedQueue<EstimateRequest> worked = new ConcurrentLinkedQueue<>();
    ServerConfig config = Loopback.config(Map.of());
    try (Estimates estimates =
            Estimates.direct(
                config,
                (request, interruption) -> {
                  worked.add(request);
                  return Requests.answerTo(request);
                });
        Rehearsal rehearsal = new Rehearsal(config, estimates)) {
      assertThat(rehearsal.estimate(Requests.named("a"), Interruption.NEVER).getModelName())
          .isEqualTo("a");
      assertThat(worked)
          .extracting(EstimateRequest::getModelName)
          .containsExactly("a", "a", "again");
      assertThat(estimates.statistics().pool().admitted()).isZero();
    }
  }

  @Test
  void aServerThatHasWarmedUpHasCountedNothing() throws Exception {
    Map<String, Object> fields = Map.of("warmUpSeconds", 1, "admin.enabled", true, "admin.port", 0);
    try (Loopback loopback = Loopback.start(fields)) {
      loopback.server.awaitReady();
      assertThat(warmUps.list)
          .singleElement()
          .returns(Level.DEBUG, ILoggingEvent::getLevel)
          .extracting(ILoggingEvent::getFormattedMessage, STRING)
          .startsWith("warm after");
      ServerStatistics statistics = loopback.server.statistics();
      assertThat(statistics.memo()).isEqualTo(ServerStatistics.Memo.NONE);
      assertThat(statistics.cache()).isEqualTo(ServerStatistics.Cache.NONE);
      assertThat(statistics.pool().admitted()).isZero();
      assertThat(AdminClient.of(loopback.server).metrics())
          .contains("ppe_connections_total 0.0")
          .contains("ppe_sockets_open 0.0")
          .doesNotContain("ppe_request_seconds_count");
    }
  }
}
