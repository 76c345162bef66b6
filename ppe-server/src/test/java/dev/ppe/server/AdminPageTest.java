package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The pages for operators. */
class AdminPageTest {
  private static final Map<String, Object> ON =
      Map.of("admin.enabled", true, "admin.port", 0, "log.slowRequestMillis", 0);

  @Test
  void thereAreNoneUnlessAskedFor() throws Exception {
    try (Loopback loopback = Loopback.start()) {
      assertThat(loopback.server.adminAddress()).isEmpty();
    }
  }

  @Test
  void theyAreForThisMachineOnly() throws Exception {
    try (Loopback loopback = Loopback.start(ON)) {
      assertThat(loopback.server.adminAddress().orElseThrow().getAddress().isLoopbackAddress())
          .isTrue();
    }
  }

  @Test
  void thePageShowsBuildConfigurationLoadAndSlowRequests() throws Exception {
    try (Loopback loopback = Loopback.start(ON)) {
      loopback.blocking().estimate(Requests.named("<script>alert('model')</script>"));
      HttpResponse<String> page = AdminClient.of(loopback.server).get("/");
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
      assertThat(page.body())
          .contains("<td>state</td><td>READY</td>")
          .contains("<td>simulator</td>")
          .contains("<td>queueCapacity</td><td>2</td>")
          .contains("<td>connections.maxAgeSeconds</td><td>1800</td>")
          .contains("<td>requests waiting</td><td>0 of 2</td>")
          .contains("<td>127.0.0.1</td><td>Estimate</td>")
          .contains("&lt;script&gt;alert(&#39;model&#39;)&lt;/script&gt;")
          .doesNotContain("<script>");
    }
  }

  @Test
  void secretsOfTheConfigurationAreMasked() throws Exception {
    Map<String, Object> fields =
        Map.of(
            "admin.enabled",
            true,
            "admin.port",
            0,
            "tracing.endpoint",
            "http://user:hunter2@localhost:1/v1/traces");
    try (Loopback loopback = Loopback.start(fields)) {
      assertThat(AdminClient.of(loopback.server).get("/").body())
          .contains("http://***@localhost:1/v1/traces")
          .doesNotContain("hunter2");
    }
  }

  @Test
  void readinessAndLifeAreToldApart() throws Exception {
    Gate gate = new Gate();
    try (Loopback loopback = Loopback.start(ON, gate)) {
      AdminClient admin = AdminClient.of(loopback.server);
      assertThat(admin.get("/healthz").statusCode()).isEqualTo(200);
      assertThat(admin.get("/readyz").statusCode()).isEqualTo(200);
      loopback.async().estimate(Requests.small(), Answers.eager());
      gate.awaitBegun(1);
      var finished = CompletableFuture.supplyAsync(loopback.server::shutdown);
      while (admin.get("/readyz").statusCode() == 200) {
        Thread.onSpinWait();
      }
      assertThat(admin.get("/readyz").body()).isEqualTo("ending\n");
      assertThat(admin.get("/healthz").statusCode()).isEqualTo(200);
      gate.open();
      assertThat(finished.get(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void nothingElseIsThereAndNothingCanBeChanged() throws Exception {
    try (Loopback loopback = Loopback.start(ON)) {
      AdminClient admin = AdminClient.of(loopback.server);
      assertThat(admin.get("/metrics/../etc").statusCode()).isEqualTo(404);
      assertThat(admin.get("/config").statusCode()).isEqualTo(404);
      assertThat(admin.send("POST", "/").statusCode()).isEqualTo(405);
      assertThat(admin.send("HEAD", "/readyz").body()).isEmpty();
    }
  }

  @Test
  void aPortInUseKeepsTheServerFromStarting() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
              () ->
                  Loopback.start(Map.of("admin.enabled", true, "admin.port", taken.getLocalPort())))
          .isInstanceOf(IOException.class);
    }
  }
}
