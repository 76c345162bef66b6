package dev.ppe.nas.katib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.foreign.katib.Experiment;
import dev.ppe.foreign.katib.GetSuggestionsRequest;
import dev.ppe.foreign.katib.SuggestionGrpc;
import dev.ppe.foreign.katib.SuggestionGrpc.SuggestionBlockingStub;
import dev.ppe.foreign.katib.TrialStatus.TrialConditionType;
import dev.ppe.foreign.katib.ValidateAlgorithmSettingsRequest;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service as Katib's controller speaks to it. */
class SuggestionServerTest {
  private SuggestionServer server;
  private ManagedChannel channel;

  @BeforeEach
  void begin() throws IOException {
    server =
        SuggestionServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            InsecureServerCredentials.create());
    channel =
        Grpc.newChannelBuilder("127.0.0.1:" + server.port(), InsecureChannelCredentials.create())
            .build();
  }

  @AfterEach
  void end() {
    channel.shutdownNow();
    server.close();
  }

  private SuggestionBlockingStub stub() {
    return SuggestionGrpc.newBlockingStub(channel);
  }

  @Test
  void itSuggests() {
    GetSuggestionsRequest request =
        Experiments.request(Experiments.small("evolution"), 3, 3, List.of());
    assertThat(stub().getSuggestions(request))
        .isEqualTo(stub().getSuggestions(request))
        .isEqualTo(Suggestions.answer(request));
  }

  @Test
  void itValidates() {
    ValidateAlgorithmSettingsRequest good =
        ValidateAlgorithmSettingsRequest.newBuilder()
            .setExperiment(Experiments.small("nsga2"))
            .build();
    assertThat(stub().validateAlgorithmSettings(good)).isNotNull();
    ValidateAlgorithmSettingsRequest bad =
        ValidateAlgorithmSettingsRequest.newBuilder()
            .setExperiment(Experiments.small("hyperband"))
            .build();
    assertThatThrownBy(() -> stub().validateAlgorithmSettings(bad))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("INVALID_ARGUMENT: there is no algorithm \"hyperband\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "api.v1.beta1.Suggestion", "manager.v1beta1.Suggestion"})
  void itTellsProbesThatItServes(String service) {
    HealthCheckRequest request = HealthCheckRequest.newBuilder().setService(service).build();
    assertThat(HealthGrpc.newBlockingStub(channel).check(request).getStatus())
        .isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void longTextsOfTheClientAreCutInWhatRefusesThem() {
    Experiment experiment = Experiments.small("random");
    String name = "\u65e5".repeat(100_000);
    GetSuggestionsRequest.Builder request =
        Experiments.request(experiment, 1, 2, List.of()).toBuilder();
    request
        .addTrialsBuilder()
        .setName(name)
        .getStatusBuilder()
        .setCondition(TrialConditionType.SUCCEEDED);
    assertThatThrownBy(() -> stub().getSuggestions(request.build()))
        .hasMessageStartingWith("INVALID_ARGUMENT: trial \u65e5\u65e5")
        .hasMessageEndingWith("has no --layers");
    ValidateAlgorithmSettingsRequest setting =
        ValidateAlgorithmSettingsRequest.newBuilder()
            .setExperiment(Experiments.small("random", name + "=1"))
            .build();
    assertThatThrownBy(() -> stub().validateAlgorithmSettings(setting))
        .hasMessageStartingWith("INVALID_ARGUMENT: random has no setting \u65e5")
        .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(600));
  }

  @Test
  void itEndsWithItsCallsAnswered() throws Exception {
    assertThat(server.shutdown(Duration.ofSeconds(60))).isTrue();
    server.awaitTermination();
  }

  @Test
  void aPortThatIsTakenIsSaid() {
    assertThatThrownBy(
            () ->
                SuggestionServer.start(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()),
                    InsecureServerCredentials.create()))
        .isInstanceOf(IOException.class);
  }
}
