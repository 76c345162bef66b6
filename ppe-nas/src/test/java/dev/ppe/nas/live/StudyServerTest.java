package dev.ppe.nas.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ppe.client.PpeClient;
import dev.ppe.nas.report.Details;
import dev.ppe.nas.spaces.Spaces;
import dev.ppe.nas.study.SyntheticStudy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The live page answers the browsers of this machine, and nobody else. */
class StudyServerTest {
  private static final int TRIALS = 60;

  @TempDir private static Path folder;

  private static final List<Throwable> FAULTS = new CopyOnWriteArrayList<>();
  private static final PpeClient EVALUATOR = PpeClient.inProcess(Duration.ofMinutes(1));
  private static final HttpClient BROWSER = HttpClient.newHttpClient();
  private static StudyServer server;

  @BeforeAll
  static void begin() throws IOException {
    server = serve("study.db");
  }

  private static StudyServer serve(String name) throws IOException {
    Path file = folder.resolve(name);
    SyntheticStudy.create(
        file, Spaces.text("mobilenet-edgetpu-v2"), "quality, latency<=1ms", TRIALS, 100, 3);
    return StudyServer.start(
        "127.0.0.1", 0, new StudyPages(file, new Details(EVALUATOR::estimate), FAULTS::add));
  }

  @AfterAll
  static void end() {
    server.close();
    BROWSER.close();
    EVALUATOR.close();
    assertThat(FAULTS).isEmpty();
  }

  private static HttpResponse<String> get(String path, String... headers) throws Exception {
    return get(server, path, headers);
  }

  private static HttpResponse<String> get(StudyServer asked, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:%d%s".formatted(asked.address().getPort(), path)));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return BROWSER.send(request.build(), BodyHandlers.ofString());
  }

  private JsonObject json(String path) throws Exception {
    return JsonParser.parseString(get(path).body()).getAsJsonObject();
  }

  /** An answer to bytes that no client library sends. */
  private String raw(String request) throws IOException {
    InetSocketAddress address = server.address();
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String statusOf(String request) throws IOException {
    return raw(request).lines().findFirst().orElse("nothing");
  }

  @Test
  void thePageHasTheTrialsAndMayAskThisServerAlone() throws Exception {
    HttpResponse<String> page = get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .hasValue("frame-ancestors 'none'");
    assertThat(page.body())
        .contains("connect-src 'self'")
        .contains("default-src 'none'")
        .contains("id=\"live\"")
        .contains("\"count\":" + TRIALS);
  }

  @Test
  void newsAreOfTheSameStudyAndBeginWhereTheyAreAskedFor() throws Exception {
    String id = json("/trials?from=0").get("id").getAsString();
    JsonObject news = json("/trials?from=58");
    assertThat(news.get("id").getAsString()).isEqualTo(id);
    JsonObject trials = news.getAsJsonObject("news").getAsJsonObject("trials");
    assertThat(trials.get("from").getAsInt()).isEqualTo(58);
    assertThat(trials.get("count").getAsInt()).isEqualTo(2);
    assertThat(get("/").body()).contains(id);
  }

  @Test
  void fromBeyondTheEndIsNoNews() throws Exception {
    JsonObject trials =
        json("/trials?from=999999999").getAsJsonObject("news").getAsJsonObject("trials");
    assertThat(trials.get("count").getAsInt()).isZero();
  }

  @Test
  void aTrialIsEvaluatedWhenItIsOpenedAndAModelToCompareItWith() throws Exception {
    HttpResponse<String> trial = get("/trial?number=0");
    assertThat(trial.statusCode()).isEqualTo(200);
    assertThat(trial.body()).contains("\"layers\"").contains("trial 0");
    assertThat(get("/trial?number=0").body()).isEqualTo(trial.body());
    assertThat(get("/model?name=mobilenet_edgetpu_v2_xs").body())
        .contains("mobilenet_edgetpu_v2_xs");
  }

  @Test
  void whatIsNotThereIsSaid() throws Exception {
    assertThat(get("/trial?number=60").body()).contains("there is no trial 60");
    assertThat(get("/trial?number=60").statusCode()).isEqualTo(404);
    assertThat(get("/model?name=mobilenet_v22").body()).contains("did you mean");
    assertThat(get("/model?name=" + "x".repeat(150)).statusCode()).isEqualTo(400);
    assertThat(get("/nothing").statusCode()).isEqualTo(404);
    assertThat(get("/../../etc/passwd").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/trials",
        "/trials?from=",
        "/trials?from=-1",
        "/trials?from=1e3",
        "/trials?to=3",
        "/trials?from=99999999999",
        "/trial?number=%20",
        "/trial?number=0%00",
        "/model?name=%zz",
        "/trial?number=0&number=1"
      })
  void questionsThatMakeNoSenseAreRefused(String path) throws Exception {
    String answer =
        raw("GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".formatted(path));
    assertThat(answer.lines().findFirst())
        .hasValueSatisfying(line -> assertThat(line).contains(" 400 "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "BREW"})
  void onlyReadingIsAllowed(String method) throws Exception {
    assertThat(
            statusOf(
                "%s / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".formatted(method)))
        .contains(" 405 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example", "evil.example:8091", "localhost.evil.example", "127.0.0.1.evil.example",
        "localhost:80:80", "localhost@evil.example", "", "evil.example:127.0.0.1"
      })
  void namesThatOthersMayRebindAreRefused(String host) throws Exception {
    assertThat(statusOf("GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(host)))
        .matches(".* (403|400) .*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:1", "127.0.0.1:8091", "[::1]:8091", "[::1]"})
  void addressesAndLocalhostAreTaken(String host) throws Exception {
    assertThat(statusOf("HEAD / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(host)))
        .contains(" 200 ");
  }

  @Test
  void twoHostsOrNoneAreRefused() throws Exception {
    assertThat(statusOf("GET / HTTP/1.1\r\nConnection: close\r\n\r\n")).matches(".* (403|400) .*");
    assertThat(
            statusOf(
                "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil\r\nConnection: close\r\n\r\n"))
        .matches(".* (403|400) .*");
  }

  @Test
  void otherSitesMayLinkToThePageAndAskForNothing() throws Exception {
    assertThat(get("/", "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(200);
    assertThat(get("/trials?from=0", "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(403);
    assertThat(get("/trial?number=0", "Sec-Fetch-Site", "same-site").statusCode()).isEqualTo(403);
    assertThat(get("/trials?from=0", "Sec-Fetch-Site", "same-origin").statusCode()).isEqualTo(200);
  }

  @Test
  void longRequestsAndBodiesAreRefused() throws Exception {
    assertThat(
            statusOf(
                "GET /%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                    .formatted("a".repeat(5_000))))
        .contains(" 414 ");
    assertThat(
            statusOf(
                "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbody"))
        .contains(" 413 ");
  }

  @Test
  void rubbishIsRefusedAndTheServerGoesOn() throws Exception {
    raw("\u0000\u0001\u0002\r\n\r\n");
    raw("GET\r\n\r\n");
    raw("GET / HTTP/1.1\r\nHost localhost\r\n\r\n");
    assertThat(get("/trials?from=0").statusCode()).isEqualTo(200);
  }

  @Test
  void anAnswerThatFailsHalfwayIsBrokenOffAndTold() throws Exception {
    List<Throwable> faults = new CopyOnWriteArrayList<>();
    Reply broken =
        Reply.json(
            json -> {
              json.beginArray();
              json.value(Double.NaN);
            });
    try (StudyServer other = StudyServer.start("127.0.0.1", 0, asked -> broken, faults::add)) {
      assertThatThrownBy(() -> get(other, "/trials?from=0")).isInstanceOf(IOException.class);
      assertThat(faults) // more than one where the client tries again
          .isNotEmpty()
          .allSatisfy(fault -> assertThat(fault).isInstanceOf(IllegalArgumentException.class));
    }
  }

  @Test
  void aStudyThatCannotBeReadAnyMoreIsSaidWithoutItsFolder() throws Exception {
    try (StudyServer other = serve("other.db")) {
      assertThat(get(other, "/").statusCode()).isEqualTo(200);
      Files.writeString(folder.resolve("other.db"), "no study any more ".repeat(1_000));
      Files.deleteIfExists(folder.resolve("other.db-wal"));
      HttpResponse<String> answer = untilProblem(other);
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(
              JsonParser.parseString(answer.body()).getAsJsonObject().get("problem").getAsString())
          .startsWith("other.db: ");
      assertThat(answer.body()).doesNotContain(folder.toString());
    }
  }

  /** What was read is kept for half a second. */
  private static HttpResponse<String> untilProblem(StudyServer asked) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      HttpResponse<String> answer = get(asked, "/trials?from=0");
      if (answer.statusCode() != 200 || System.nanoTime() > end) {
        return answer;
      }
      Thread.sleep(50);
    }
  }
}
