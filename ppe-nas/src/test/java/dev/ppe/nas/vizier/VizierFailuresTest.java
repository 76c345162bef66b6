package dev.ppe.nas.vizier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.longrunning.Operation;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.rpc.Status;
import dev.ppe.client.ConnectionSecurity;
import dev.ppe.client.Target;
import dev.ppe.foreign.vizier.Trial;
import dev.ppe.foreign.vizier.VizierServiceGrpc;
import dev.ppe.nas.backend.Backend;
import dev.ppe.nas.backend.BackendException;
import dev.ppe.nas.backend.Observation;
import dev.ppe.nas.backend.RecordedBatch;
import dev.ppe.nas.objective.ObjectiveParser;
import dev.ppe.nas.objective.Outcome.Scored;
import dev.ppe.nas.space.Parameter;
import dev.ppe.nas.space.Point;
import dev.ppe.nas.space.SearchSpace;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong with a server is said in a line that names it. */
class VizierFailuresTest {
  private final FakeVizier server = new FakeVizier(1);

  @AfterEach
  void end() {
    server.close();
  }

  private Backend backend(String... settings) {
    return VizierBackendTest.backend(server, "latency", settings);
  }

  private static void assertSaid(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(BackendException.class)
        .hasMessageContaining(message)
        .hasMessageNotContainingAny("\n", "Exception");
  }

  private static Backend elsewhere(VizierServer other) {
    return new VizierBackend(
        other,
        VizierSettings.of(Map.of()),
        new VizierBackend.Identity("small", "me"),
        VizierBackendTest.SPACE,
        ObjectiveParser.parse("latency"));
  }

  @Test
  void aServerThatIsNotThere() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Target target = Target.parse("127.0.0.1:" + port);
    try (Backend backend =
        elsewhere(VizierServer.at(target, ConnectionSecurity.PLAINTEXT, Duration.ofSeconds(60)))) {
      assertSaid(
          () -> backend.suggest(1),
          "no Vizier server answers at 127.0.0.1:%d: Connection refused".formatted(port));
    }
  }

  @Test
  void aCertificateFileThatIsNotThere() {
    ConnectionSecurity security =
        new ConnectionSecurity(
            Optional.of(
                new ConnectionSecurity.Tls(
                    Optional.of(java.nio.file.Path.of("no/such.pem")), Optional.empty())),
            Optional.empty());
    assertThatThrownBy(
            () -> VizierServer.at(Target.parse("127.0.0.1:9"), security, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no/such.pem: no such file");
  }

  @Test
  void anotherProgram() throws IOException {
    Server other =
        InProcessServerBuilder.forName("another-program").directExecutor().build().start();
    try (Backend backend = elsewhere(inProcess("another-program", Duration.ofSeconds(60)))) {
      assertSaid(
          () -> backend.suggest(1),
          "fake:2 does not offer CreateStudy: another program listens there");
    } finally {
      other.shutdownNow();
    }
  }

  private static VizierServer inProcess(String name, Duration patience) {
    return new VizierServer(
        InProcessChannelBuilder.forName(name).directExecutor().build(), "fake:2", false, patience);
  }

  @Test
  void aServerThatDoesNotAnswerInTime() throws IOException {
    Server silent =
        InProcessServerBuilder.forName("silent")
            .addService(
                new VizierServiceGrpc.VizierServiceImplBase() {
                  @Override
                  public void createStudy(
                      dev.ppe.foreign.vizier.CreateStudyRequest request,
                      io.grpc.stub.StreamObserver<dev.ppe.foreign.vizier.Study> observer) {}
                })
            .build()
            .start();
    try (Backend backend = elsewhere(inProcess("silent", Duration.ofMillis(50)))) {
      assertSaid(
          () -> backend.suggest(1),
          "Vizier at fake:2 has not answered CreateStudy within 0.05 s; --vizier-deadline gives");
    } finally {
      silent.shutdownNow();
    }
  }

  @Test
  void anAlgorithmThatTheServerDoesNotHave() {
    assertSaid(
        () -> backend("algorithm=NSAG2").suggest(1),
        "Vizier at fake:1 refuses SuggestTrials: Algorithm NSAG2 is not registered.");
  }

  @Test
  void anAlgorithmThatFails() {
    server.answers(
        done ->
            done.toBuilder()
                .setError(Status.newBuilder().setCode(13).setMessage("no module named jax\nat x"))
                .build());
    assertSaid(
        () -> backend().suggest(1),
        "Vizier at fake:1 cannot suggest trials: no module named jax at x");
  }

  @Test
  void answersThatCannotBeRead() {
    server.answers(
        done ->
            done.toBuilder()
                .setResponse(Any.newBuilder().setValue(ByteString.copyFromUtf8("\u0007rubbish")))
                .build());
    assertSaid(() -> backend().suggest(1), "Vizier at fake:1 sends suggestions that cannot be");
    server.answers(done -> Operation.newBuilder().setName(done.getName()).setDone(true).build());
    assertSaid(() -> backend("study=b").suggest(1), "with neither trials nor error");
  }

  @Test
  void aStudyOfAnotherSpaceOrObjectiveOrAlgorithmWithThatName() {
    backend().suggest(1);
    SearchSpace other =
        SearchSpace.builder().add(Parameter.categorical("kind", "depthwise", "fused")).build();
    Backend elsewhere =
        new VizierBackend(
            server.connect(),
            VizierSettings.of(Map.of()),
            new VizierBackend.Identity("small", "me"),
            other,
            ObjectiveParser.parse("latency"));
    assertSaid(
        () -> elsewhere.suggest(1),
        "has a study owners/ppe/studies/small that is of another space: channels is another;"
            + " --setting study=NAME gives another name");
    assertSaid(
        () -> VizierBackendTest.backend(server, "energy").suggest(1),
        "that has the metrics [latency], not [energy]");
    assertSaid(
        () -> backend("algorithm=RANDOM_SEARCH").suggest(1),
        "that has the algorithm DEFAULT, not RANDOM_SEARCH");
  }

  @Test
  void trialsWithoutAParameterOrWithAValueThatIsNoChoice() {
    server.suggests(trial -> trial.toBuilder().removeParameters(1).build());
    assertSaid(() -> backend("study=a").suggest(1), "studies/a/trials/1 has no width");
    server.suggests(trial -> with(trial, 2.5));
    assertSaid(
        () -> backend("study=b").suggest(1),
        "studies/b/trials/1 has layers = 2.5, which is none of its choices");
  }

  private static Trial with(Trial trial, double layers) {
    Trial.Builder changed = trial.toBuilder();
    changed.getParametersBuilder(2).setValue(FakeVizier.number(layers));
    return changed.build();
  }

  @Test
  void aServerThatSuggestsNothingButBrokenPoints() {
    server.suggests(
        trial -> {
          Trial.Builder broken = trial.toBuilder();
          broken.getParametersBuilder(0).getValueBuilder().setStringValue("gc");
          broken.getParametersBuilder(3).setValue(FakeVizier.number(16));
          broken.getParametersBuilder(4).setValue(FakeVizier.number(64));
          return broken.build();
        });
    assertSaid(
        () -> backend().suggest(8),
        "has suggested 1000 trials that are no points of the space (the last one: group_size may"
            + " not be 64 with the choices before it); --setting constraints=repair");
  }

  @Test
  void aTrialThatSomebodyElseCompleted() {
    Backend backend = backend();
    List<Point> points = backend.suggest(1);
    server.connect().complete(VizierMetrics.infeasible(backend.names().getFirst(), "mine"));
    assertSaid(
        () -> backend.tell(List.of(new Observation(points.getFirst(), Scored.of(1)))),
        "refuses CompleteTrial: owners/ppe/studies/small/trials/1 is completed already");
  }

  @Test
  void aServerThatHasForgottenTheStudy() {
    Backend first = backend();
    RecordedBatch batch = new RecordedBatch(2, first.suggest(2), first.names(), false);
    server.forgets();
    assertSaid(
        () -> backend().suggestAgain(batch),
        "Vizier at fake:1 has no study owners/ppe/studies/small any more, and what it learnt is");
    backend().suggest(1); // another one of that name
    RecordedBatch later =
        new RecordedBatch(
            1, batch.points().subList(0, 1), List.of("owners/ppe/studies/small/trials/99"), false);
    assertSaid(
        () -> backend().suggestAgain(later),
        "has no trial owners/ppe/studies/small/trials/99, which was recorded: is it the server of");
  }

  @Test
  void aServerWithOtherPointsThanWereRecorded() {
    Backend first = backend();
    List<Point> points = first.suggest(2);
    RecordedBatch swapped = new RecordedBatch(2, points.reversed(), first.names(), false);
    assertThat(points.getFirst()).isNotEqualTo(points.getLast());
    assertSaid(
        () -> backend().suggestAgain(swapped), "has another point in its trial owners/ppe/studies");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "algorithm=?|algorithm of vizier is \"?\", must be a word such as random-search or NSGA2",
        "owner=a/b|owner of vizier is \"a/b\", must be 1 to 100 letters",
        "study=..|study of vizier is \"..\", must be",
        "constraints=ignore|constraints of vizier is \"ignore\", must be one of [infeasible, repair]",
        "limits=no|limits of vizier is \"no\", must be one of [infeasible, safety]",
        "population=3|vizier has no setting population"
      })
  void settingsThatItHasNot(String setting, String message) {
    String[] parts = setting.split("=", -1);
    assertThatThrownBy(() -> VizierSettings.of(Map.of(parts[0], parts[1])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }
}
