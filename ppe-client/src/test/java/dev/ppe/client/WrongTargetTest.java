package dev.ppe.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ppe.simulator.SimulatorVersion;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.wire.Estimator;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status.Code;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Targets that are wrong cost one line that says what to try, and no answer of the others. */
class WrongTargetTest {
  private static final Estimator ANSWERS = (request, interruption) -> answer("");

  private static EstimateResponse answer(String version) {
    return EstimateResponse.newBuilder().setCycles(42).setSimulatorVersion(version).build();
  }

  private static PpeException failureAt(String target) {
    try (PpeClient client = PpeClient.builder().target(target).build()) {
      return catchThrowableOfType(
          PpeException.class, () -> client.estimate(EstimateRequest.getDefaultInstance()));
    }
  }

  private static Server another() throws IOException {
    return Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create()).build().start();
  }

  /** Answers every connection in the words of another protocol. */
  private static ServerSocket speaking(String words) throws IOException {
    ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              while (true) {
                try {
                  Socket connection = socket.accept();
                  Thread.ofPlatform().daemon().start(() -> say(words, connection));
                } catch (IOException e) {
                  return; // closed: the test is over
                }
              }
            });
    return socket;
  }

  /** Hears the client out: to close while it writes would take back what was said. */
  private static void say(String words, Socket connection) {
    try (connection) {
      connection.getOutputStream().write(words.getBytes(StandardCharsets.UTF_8));
      connection.shutdownOutput();
      connection.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      return; // the client has had enough
    }
  }

  @Test
  void anotherProgramsServerIsCalledThat() throws IOException {
    Server another = another();
    try {
      String target = "localhost:" + another.getPort();
      PpeException failure = failureAt(target);
      assertThat(failure.code()).isEqualTo(Code.UNIMPLEMENTED);
      assertThat(failure)
          .hasMessage(
              target
                  + " does not offer Estimate: another program listens there, or another version;"
                  + " ppe doctor --target "
                  + target
                  + " looks");
    } finally {
      another.shutdownNow();
    }
  }

  @ParameterizedTest
  @EnumSource
  void anotherProgramsServerAmongGoodOnesCostsNoAnswer(Balancing balancing) throws IOException {
    Server another = another();
    List<String> notes = new CopyOnWriteArrayList<>();
    try (TestServer good = TestServer.around(ANSWERS);
        PpeClient client =
            PpeClient.builder()
                .targets(List.of("localhost:" + another.getPort(), good.address()))
                .balancing(balancing)
                .onNote(notes::add)
                .build()) {
      untilAnswered(client);
      List<Outcome<EstimateRequest>> outcomes =
          client
              .estimateAll(Stream.generate(EstimateRequest::getDefaultInstance).limit(200))
              .toList();
      assertThat(outcomes).hasOnlyElementsOfType(Outcome.Answer.class);
      assertThat(notes).hasSizeLessThanOrEqualTo(1);
    } finally {
      another.shutdownNow();
    }
  }

  /** Until the good one is connected the other one is alone. */
  private static void untilAnswered(PpeClient client) {
    boolean answered = false;
    while (!answered) {
      try {
        client.estimate(EstimateRequest.getDefaultInstance());
        answered = true;
      } catch (PpeException e) {
        assertThat(e.code()).isEqualTo(Code.UNIMPLEMENTED);
      }
    }
  }

  @Test
  void aPortThatSpeaksHttp1IsCalledThat() throws IOException {
    try (ServerSocket web = speaking("HTTP/1.1 400 Bad Request\r\n\r\n")) {
      assertThat(failureAt("localhost:" + web.getLocalPort()))
          .hasMessageContaining("HTTP/1 is spoken there: perhaps the server's admin port");
    }
  }

  @Test
  void aReplicaThatIsNotThereIsNotedOnceAmongThoseThatAre() throws IOException {
    String nobody;
    try (ServerSocket socket = new ServerSocket(0)) {
      nobody = "localhost:" + socket.getLocalPort();
    }
    List<String> notes = new CopyOnWriteArrayList<>();
    try (TestServer good = TestServer.around(ANSWERS);
        PpeClient client =
            PpeClient.builder()
                .targets(List.of(nobody, good.address()))
                .onNote(notes::add)
                .build()) {
      while (notes.isEmpty()) { // until the connection has failed
        client.estimate(EstimateRequest.getDefaultInstance());
      }
      for (int i = 0; i < 10; i++) {
        client.estimate(EstimateRequest.getDefaultInstance());
      }
      assertThat(notes)
          .singleElement()
          .asString()
          .startsWith("replica " + nobody + " does not answer, the others are asked: ")
          .contains("Connection refused");
    }
  }

  @Test
  void anotherSimulatorsVersionIsNotedOnce() {
    List<String> notes = new CopyOnWriteArrayList<>();
    try (TestServer newer = TestServer.around((request, interruption) -> answer("99.1.0"));
        PpeClient client = PpeClient.builder().target(newer.address()).onNote(notes::add).build()) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.estimate(EstimateRequest.getDefaultInstance()).getCycles()).isEqualTo(42);
      }
      assertThat(notes)
          .containsExactly(
              "a replica has simulator 99.1.0, this client %s: figures may differ; ppe doctor shows whose"
                  .formatted(SimulatorVersion.CURRENT));
    }
  }

  @Test
  void xdsWithoutItsLibrarySaysWhatIsMissing() {
    assertThatThrownBy(() -> PpeClient.builder().target("xds:///ppe").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("xds:///ppe: xDS needs io.grpc:grpc-xds on the class path");
    assertThatThrownBy(() -> PpeClient.builder().target("xds:///"))
        .hasMessage("\"xds:///\" is not of the form xds:///name");
  }
}
