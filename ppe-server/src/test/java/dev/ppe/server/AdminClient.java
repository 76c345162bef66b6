package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;

/** Somebody who looks at the pages for operators. */
final class AdminClient {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final InetSocketAddress address;

  private AdminClient(InetSocketAddress address) {
    this.address = address;
  }

  static AdminClient of(PpeServer server) {
    return new AdminClient(server.adminAddress().orElseThrow());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("GET", path);
  }

  HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + address.getPort() + path);
    return HTTP.send(
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build(),
        BodyHandlers.ofString());
  }

  String metrics() throws IOException, InterruptedException {
    return get("/metrics").body();
  }

  /** The value of the first sample whose name and labels begin like that. */
  OptionalDouble metric(String start) throws IOException, InterruptedException {
    return metrics()
        .lines()
        .filter(line -> line.startsWith(start))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .findFirst();
  }

  void awaitMetric(String start, DoublePredicate wanted) throws IOException, InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    OptionalDouble value = metric(start);
    while ((value.isEmpty() || !wanted.test(value.getAsDouble())) && System.nanoTime() < end) {
      Thread.sleep(20);
      value = metric(start);
    }
    assertThat(value.stream().filter(wanted).findFirst()).as("%s: %s", start, value).isPresent();
  }
}
