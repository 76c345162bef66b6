package dev.ppe.client.xds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.client.PpeClient;
import dev.ppe.client.TestServer;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.wire.Estimator;
import dev.ppe.wire.LoadReport;
import io.grpc.xds.shaded.com.github.xds.data.orca.v3.OrcaLoadReport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code xds:///name}: gRPC's own client of a control plane balances, with this one's calls. */
@Tag("xds") // has its library on the class path, as the pom says
@Timeout(60)
class XdsTest {
  private static final EstimateRequest REQUEST = EstimateRequest.getDefaultInstance();
  private static final EstimateResponse ANSWER =
      EstimateResponse.newBuilder().setCycles(42).build();
  private static final Estimator ANSWERS = (request, interruption) -> ANSWER;

  private static ControlPlane plane;

  @BeforeAll
  static void start() {
    plane = new ControlPlane();
    // In place of GRPC_XDS_BOOTSTRAP: gRPC reads it once.
    System.setProperty("io.grpc.xds.bootstrapConfig", plane.bootstrap());
  }

  @AfterAll
  static void stop() {
    plane.close();
  }

  private static void call(PpeClient client, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(client.estimate(REQUEST)).isEqualTo(ANSWER);
    }
  }

  @Test
  void everyReplicaThatTheControlPlaneKnowsIsReached() {
    try (TestServer one = TestServer.around(ANSWERS);
        TestServer two = TestServer.around(ANSWERS)) {
      plane.serve("even", Resources.roundRobin(), one, two);
      try (PpeClient client = PpeClient.builder().target("xds:///even").build()) {
        while (one.estimates() == 0 || two.estimates() == 0) {
          call(client, 1);
        }
        int before = one.estimates();
        call(client, 20);
        assertThat(one.estimates() - before).isEqualTo(10);
      }
    }
  }

  @Test
  void changesOfTheControlPlaneAreFollowed() {
    try (TestServer one = TestServer.around(ANSWERS);
        TestServer two = TestServer.around(ANSWERS)) {
      plane.serve("moving", Resources.roundRobin(), one);
      try (PpeClient client = PpeClient.builder().target("xds:///moving").build()) {
        call(client, 3);
        assertThat(one.estimates()).isEqualTo(3);
        plane.serve("moving", Resources.roundRobin(), two);
        while (two.estimates() == 0) {
          call(client, 1);
        }
        int before = one.estimates();
        call(client, 5);
        assertThat(one.estimates()).isEqualTo(before);
      }
    }
  }

  @Test
  void weightedRoundRobinTakesOurLoadReports() {
    try (TestServer fast = TestServer.reporting(ANSWERS, busy(0.1));
        TestServer slow = TestServer.reporting(ANSWERS, busy(0.4))) {
      plane.serve("weighted", Resources.weightedRoundRobin(), fast, slow);
      try (PpeClient client = PpeClient.builder().target("xds:///weighted").build()) {
        while (fast.estimates() == 0 || slow.estimates() == 0) {
          call(client, 1);
        }
        int ofTheFast = 0;
        while (ofTheFast < 39 || ofTheFast > 41) { // as soon as gRPC has looked at the weights
          int before = fast.estimates();
          call(client, 50);
          ofTheFast = fast.estimates() - before;
        }
      }
    }
  }

  /** A replica that does 100 requests a second at a utilization. */
  private static byte[] busy(double utilization) {
    return new LoadReport(0, utilization, 100, 0).toBytes();
  }

  @Test
  void ourReportsAreOrcas() throws Exception {
    OrcaLoadReport theirs =
        OrcaLoadReport.newBuilder()
            .setCpuUtilization(0.25)
            .setApplicationUtilization(1.5)
            .setRpsFractional(12.5)
            .setEps(0.5)
            .build();
    LoadReport ours = new LoadReport(0.25, 1.5, 12.5, 0.5);
    assertThat(OrcaLoadReport.parseFrom(ours.toBytes())).isEqualTo(theirs);
    OrcaLoadReport more =
        theirs.toBuilder()
            .setMemUtilization(0.5)
            .putRequestCost("bytes", 3)
            .putUtilization("disk", 0.75)
            .putNamedMetrics("queue", 4)
            .build();
    assertThat(LoadReport.parse(more.toByteArray())).hasValue(ours);
  }
}
