package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.compile.TilingMemo;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.wire.AcceleratorCatalog;
import dev.ppe.wire.Estimator;
import dev.ppe.wire.LocalEstimator;
import dev.ppe.wire.ServiceLimits;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a server remembers of layers, from one request to the next. */
class SharedTilingsTest {
  private static final Estimator ALONE =
      new LocalEstimator(ServiceLimits.DEFAULT, TilingMemo.PER_EVALUATION);

  /** On an accelerator that leaves a choice how to cut: of others nothing is remembered. */
  private static EstimateRequest chain(int layers) {
    return Requests.of(Requests.chain(layers)).toBuilder().setAcceleratorName("tensor-g1").build();
  }

  @Test
  void aNetworkWhoseLayersAreKnownIsCutWithoutASearch() throws Exception {
    try (Loopback loopback = Loopback.start()) {
      loopback.blocking().estimate(chain(3));
      ServerStatistics.Memo first = loopback.server.statistics().memo();
      EstimateRequest longer = chain(5);
      assertThat(loopback.blocking().estimate(longer))
          .isEqualTo(ALONE.estimate(longer, Interruption.NEVER));
      ServerStatistics.Memo second = loopback.server.statistics().memo();

      assertThat(first.misses()).isPositive();
      assertThat(second.misses()).isEqualTo(first.misses());
      assertThat(second.hits()).isGreaterThan(first.hits());
      assertThat(second.bytes()).isEqualTo(second.entries() * TilingMemo.ENTRY_BYTES);
    }
  }

  @Test
  void acceleratorsThatClientsSendShareItWithPresetsOfTheSamePes() throws Exception {
    try (Loopback loopback = Loopback.start()) {
      loopback.blocking().estimate(chain(3));
      long misses = loopback.server.statistics().memo().misses();
      var preset = AcceleratorCatalog.getAccelerator("tensor-g1").toBuilder();
      var faster = preset.setName("mine").setClockHz(2 * preset.getClockHz()).build();
      EstimateRequest request = chain(3).toBuilder().setAcceleratorSpec(faster).build();

      assertThat(loopback.blocking().estimate(request))
          .isEqualTo(ALONE.estimate(request, Interruption.NEVER));
      assertThat(loopback.server.statistics().memo().misses()).isEqualTo(misses);
    }
  }

  @Test
  void nothingIsRememberedWhereThereIsOneWayToCut() throws Exception {
    try (Loopback loopback = Loopback.start()) {
      loopback.blocking().estimate(chain(3).toBuilder().setAcceleratorName("coral-usb").build());
      ServerStatistics.Memo memo = loopback.server.statistics().memo();
      assertThat(memo.hits() + memo.misses() + memo.entries()).isZero();
    }
  }

  @Test
  void itIsBoundedInBytes() throws Exception {
    int most = 8 * TilingMemo.ENTRY_BYTES;
    try (Loopback loopback = Loopback.start(Map.of("memoBytes", most))) {
      for (int side = 1; side <= 40; side++) {
        EstimateRequest request = chain(2).toBuilder().setBatch(side).build();
        assertThat(loopback.blocking().estimate(request))
            .isEqualTo(ALONE.estimate(request, Interruption.NEVER));
      }
      ServerStatistics.Memo memo = loopback.server.statistics().memo();
      assertThat(memo.bytes()).isPositive().isLessThanOrEqualTo(most);
    }
  }

  @Test
  void itCanBeSwitchedOff() throws Exception {
    Map<String, Object> fields = Map.of("memoBytes", 0, "admin.enabled", true, "admin.port", 0);
    try (Loopback loopback = Loopback.start(fields)) {
      loopback.blocking().estimate(chain(3));
      assertThat(loopback.server.statistics().memo()).isEqualTo(ServerStatistics.Memo.NONE);
      assertThat(AdminClient.of(loopback.server).metrics()).doesNotContain("cache=\"memo\"");
    }
  }

  @Test
  void operatorsSeeWhatItIsGoodFor() throws Exception {
    Map<String, Object> fields = Map.of("admin.enabled", true, "admin.port", 0);
    try (Loopback loopback = Loopback.start(fields)) {
      loopback.blocking().estimate(chain(3));
      ServerStatistics.Memo memo = loopback.server.statistics().memo();
      AdminClient admin = AdminClient.of(loopback.server);
      assertThat(admin.metrics())
          .contains("ppe_cache_hits_total{cache=\"memo\"} %.1f".formatted((double) memo.hits()))
          .contains(
              "ppe_cache_misses_total{cache=\"memo\"} %.1f".formatted((double) memo.misses()));
      assertThat(admin.get("/").body()).contains("<td>misses</td><td>" + memo.misses() + "</td>");
    }
  }
}
