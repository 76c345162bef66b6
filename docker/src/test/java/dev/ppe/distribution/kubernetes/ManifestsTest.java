package dev.ppe.distribution.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ppe.distribution.images.Dockerfile;
import dev.ppe.server.ServerConfig;
import dev.ppe.server.ServerConfigReader;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ContainerPort;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Probe;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The overlays as they would be applied, without a cluster. */
class ManifestsTest {
  private static final String SERVICE_MONITOR = "monitoring.coreos.com/v1/ServiceMonitor";
  private static final String PROMETHEUS_RULE = "monitoring.coreos.com/v1/PrometheusRule";

  /** What docs/operations.md reckons with beside heap and messages. */
  private static final long OTHER_BYTES = 150 << 20;

  @TempDir private Path folder;

  private static V1PodSpec pod(Manifests manifests) {
    return manifests.one(V1Deployment.class).getSpec().getTemplate().getSpec();
  }

  private static V1Container server(Manifests manifests) {
    List<V1Container> containers = pod(manifests).getContainers();
    assertThat(containers).hasSize(1);
    return containers.getFirst();
  }

  private static Map<String, String> podLabels(Manifests manifests) {
    return manifests.one(V1Deployment.class).getSpec().getTemplate().getMetadata().getLabels();
  }

  /** What the server reads of the only ConfigMap. */
  private ServerConfig config(Manifests manifests) throws IOException {
    Map<String, String> files = manifests.one(V1ConfigMap.class).getData();
    assertThat(files).containsOnlyKeys("server.yaml");
    Path file = Files.writeString(folder.resolve("server.yaml"), files.get("server.yaml"));
    return ServerConfigReader.read(Optional.of(file), Map.of(), Map.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "production"})
  void everyObjectIsOneOfKubernetesOrOfPrometheus(String overlay) throws Exception {
    Manifests manifests = Manifests.of(overlay);
    assertThat(manifests.objects()).hasSizeGreaterThan(5).allSatisfy(Manifests::typed);
    assertThat(manifests.custom().map(Manifests::kind))
        .isSubsetOf(SERVICE_MONITOR, PROMETHEUS_RULE);
    assertThat(manifests.objects())
        .filteredOn(object -> !object.get("kind").getAsString().equals("Namespace"))
        .extracting(object -> object.getAsJsonObject("metadata").get("namespace").getAsString())
        .containsOnly(
            manifests.objects().getFirst().getAsJsonObject("metadata").get("name").getAsString());
  }

  /** Or the test above would say nothing. */
  @Test
  void aFieldThatThereIsNotAndOneOfAnotherTypeAreMistakes() throws Exception {
    List<JsonObject> objects = Manifests.of("dev").objects();
    JsonObject deployment =
        objects.stream()
            .filter(object -> object.get("kind").getAsString().equals("Deployment"))
            .findFirst()
            .orElseThrow();
    JsonObject misspelt = deployment.deepCopy();
    misspelt.getAsJsonObject("spec").addProperty("replica", 3);
    JsonObject deep = deployment.deepCopy();
    JsonArray containers =
        deep.getAsJsonObject("spec")
            .getAsJsonObject("template")
            .getAsJsonObject("spec")
            .getAsJsonArray("containers");
    containers
        .get(0)
        .getAsJsonObject()
        .getAsJsonObject("readinessProbe")
        .addProperty("periodSecond", 2);
    JsonObject text = deployment.deepCopy();
    text.getAsJsonObject("spec").addProperty("replicas", "3");
    for (JsonObject wrong : List.of(misspelt, deep, text)) {
      assertThatIllegalArgumentException().isThrownBy(() -> Manifests.typed(wrong));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "production"})
  void theServerReadsItsConfigurationAndListensWhereThePortsAre(String overlay) throws Exception {
    Manifests manifests = Manifests.of(overlay);
    ServerConfig config = config(manifests);
    V1Container server = server(manifests);
    assertThat(server.getArgs()).containsExactly("--config", "/etc/ppe/server.yaml");
    assertThat(
            server.getPorts().stream()
                .collect(
                    Collectors.toMap(V1ContainerPort::getName, V1ContainerPort::getContainerPort)))
        .isEqualTo(Map.of("grpc", config.port(), "admin", config.operations().admin().port()));
    assertThat(List.of(config.host(), config.operations().admin().host())).containsOnly("0.0.0.0");
    String mounted =
        pod(manifests).getVolumes().stream()
            .filter(volume -> volume.getName().equals("config"))
            .findFirst()
            .orElseThrow()
            .getConfigMap()
            .getName();
    assertThat(manifests.one(V1ConfigMap.class).getMetadata().getName()).isEqualTo(mounted);
  }

  /** The image's heap is half of it (serve.args). */
  @ParameterizedTest
  @ValueSource(strings = {"dev", "production"})
  void aQuarterOfTheMemoryIsForWhatIsOnItsWayIn(String overlay) throws Exception {
    V1Container server = server(Manifests.of(overlay));
    long memory = server.getResources().getLimits().get("memory").getNumber().longValueExact();
    String options =
        server.getEnv().stream()
            .filter(variable -> variable.getName().equals("PPE_JAVA_OPTS"))
            .findFirst()
            .orElseThrow()
            .getValue();
    assertThat(options).isEqualTo("-XX:MaxDirectMemorySize=%dm".formatted(memory / (4 << 20)));
    assertThat(memory / 2 + memory / 4 + OTHER_BYTES)
        .as("heap, messages, and what else a server takes")
        .isLessThanOrEqualTo(memory);
  }

  @Test
  void inProductionARequestIsRefusedRatherThanWaitsForLong() throws Exception {
    assertThat(config(Manifests.of("production")).maxWaitMillis())
        .isLessThan(ServerConfig.DEFAULT.maxWaitMillis() / 10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "production"})
  void aReplicaHasTheTimeToEndThatItAsksFor(String overlay) throws Exception {
    Manifests manifests = Manifests.of(overlay);
    ServerConfig config = config(manifests);
    long needed =
        server(manifests).getLifecycle().getPreStop().getSleep().getSeconds()
            + config.operations().drainSeconds()
            + config.shutdownGraceSeconds();
    assertThat(pod(manifests).getTerminationGracePeriodSeconds()).isGreaterThan(needed + 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "production"})
  void replicasAreReplacedWithoutEverBeingFewer(String overlay) throws Exception {
    Manifests manifests = Manifests.of(overlay);
    var update = manifests.one(V1Deployment.class).getSpec().getStrategy().getRollingUpdate();
    assertThat(update.getMaxUnavailable().getIntValue()).isZero();
    assertThat(update.getMaxSurge().getIntValue()).isPositive();
    assertThat(
            manifests.one(V1PodDisruptionBudget.class).getSpec().getMaxUnavailable().getIntValue())
        .isEqualTo(1);
  }

  /** Kubernetes expands the variable, and there is no shell that would split it. */
  @ParameterizedTest
  @ValueSource(strings = {"dev", "production"})
  void theServerIsStartedAsItsImageSaysWithOneMoreOptionOfTheJvm(String overlay) throws Exception {
    List<String> command = new ArrayList<>(server(Manifests.of(overlay)).getCommand());
    int java = command.indexOf("/opt/ppe/runtime/bin/java");
    assertThat(command.remove(java + 1)).isEqualTo("$(PPE_JAVA_OPTS)");
    assertThat(command).isEqualTo(Dockerfile.entrypointOfServer());
  }

  /** Kubernetes' gRPC probes speak no TLS, and a server that is full takes none of them. */
  @ParameterizedTest
  @ValueSource(strings = {"dev", "production"})
  void probesAskTheAdminPage(String overlay) throws Exception {
    Manifests manifests = Manifests.of(overlay);
    ServerConfig config = config(manifests);
    assertThat(config.operations().admin().enabled()).isTrue();
    V1Container server = server(manifests);
    List<V1Probe> probes =
        List.of(server.getStartupProbe(), server.getReadinessProbe(), server.getLivenessProbe());
    assertThat(probes)
        .allSatisfy(
            probe -> {
              assertThat(probe.getGrpc()).isNull();
              assertThat(probe.getHttpGet().getPort().getStrValue()).isEqualTo("admin");
            })
        .extracting(probe -> probe.getHttpGet().getPath())
        .containsExactly("/readyz", "/readyz", "/healthz");
    assertThat(seconds(server.getStartupProbe()))
        .as("time to warm up in")
        .isGreaterThan(2 * config.operations().warmUpSeconds());
  }

  private static int seconds(V1Probe probe) {
    return probe.getFailureThreshold() * probe.getPeriodSeconds();
  }

  @Test
  void productionIsEncryptedWithFilesOfItsSecrets() throws Exception {
    Manifests manifests = Manifests.of("production");
    ServerConfig config = config(manifests);
    var security = config.operations().security();
    assertThat(security.plaintext()).isFalse();
    List<String> files =
        List.of(
            security.tls().certificate(),
            security.tls().key(),
            security.tls().clientAuthorities(),
            security.clientsFile());
    Set<String> secrets =
        pod(manifests).getVolumes().stream()
            .filter(volume -> volume.getSecret() != null)
            .map(volume -> volume.getName())
            .collect(Collectors.toSet());
    List<String> folders =
        server(manifests).getVolumeMounts().stream()
            .filter(mount -> secrets.contains(mount.getName()))
            .map(V1VolumeMount::getMountPath)
            .toList();
    assertThat(files)
        .allSatisfy(file -> assertThat(folders).contains(Path.of(file).getParent().toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "production"})
  void theContainerMayDoNothingThatItNeedNot(String overlay) throws Exception {
    Manifests manifests = Manifests.of(overlay);
    assertThat(pod(manifests).getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod(manifests).getAutomountServiceAccountToken()).isFalse();
    var security = server(manifests).getSecurityContext();
    assertThat(security.getReadOnlyRootFilesystem()).isTrue();
    assertThat(security.getAllowPrivilegeEscalation()).isFalse();
    assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(server(manifests).getResources().getLimits()).containsKeys("cpu", "memory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "production"})
  void whateverSelectsPodsSelectsThese(String overlay) throws Exception {
    Manifests manifests = Manifests.of(overlay);
    Map<String, String> labels = podLabels(manifests);
    Stream<Map<String, String>> selectors =
        Stream.of(
                manifests.all(V1Service.class).stream().map(s -> s.getSpec().getSelector()),
                manifests.all(V1PodDisruptionBudget.class).stream()
                    .map(budget -> budget.getSpec().getSelector().getMatchLabels()),
                manifests.all(V1NetworkPolicy.class).stream()
                    .map(policy -> policy.getSpec().getPodSelector().getMatchLabels()),
                pod(manifests).getTopologySpreadConstraints().stream()
                    .map(spread -> spread.getLabelSelector().getMatchLabels()))
            .flatMap(selected -> selected);
    assertThat(selectors)
        .hasSize(6)
        .allSatisfy(selector -> assertThat(labels).containsAllEntriesOf(selector).isNotEmpty())
        .noneMatch(Map::isEmpty);
    assertThat(manifests.all(V1Service.class))
        .as("without an address of their own: all replicas' addresses")
        .allSatisfy(s -> assertThat(s.getSpec().getClusterIP()).isEqualTo("None"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "production"})
  void anEvenSpreadIsWishedForAndHoldsNoReplicaUp(String overlay) throws Exception {
    assertThat(pod(Manifests.of(overlay)).getTopologySpreadConstraints())
        .hasSize(2)
        .allSatisfy(
            spread -> {
              assertThat(spread.getWhenUnsatisfiable()).isEqualTo("ScheduleAnyway");
              assertThat(spread.getNodeTaintsPolicy())
                  .as("nodes that take none")
                  .isEqualTo("Honor");
              assertThat(spread.getMatchLabelKeys())
                  .as("or pods of the version before count")
                  .containsExactly("pod-template-hash");
            });
  }

  @Test
  void productionScalesByItsCoresAndItsQueueAndIsWatched() throws Exception {
    Manifests manifests = Manifests.of("production");
    var scaler = manifests.one(V2HorizontalPodAutoscaler.class).getSpec();
    V1Deployment deployment = manifests.one(V1Deployment.class);
    assertThat(scaler.getScaleTargetRef().getName()).isEqualTo(deployment.getMetadata().getName());
    assertThat(deployment.getSpec().getReplicas())
        .as("or every apply would undo what the scaler did")
        .isNull();
    assertThat(scaler.getMetrics())
        .extracting(
            metric ->
                metric.getPods() == null
                    ? metric.getResource().getName()
                    : metric.getPods().getMetric().getName())
        .containsExactly("cpu", "ppe_requests_open");

    JsonObject monitor = custom(manifests, SERVICE_MONITOR);
    assertThat(monitor.keySet()).containsOnly("jobLabel", "selector", "endpoints");
    assertThat(
            manifests.all(V1Service.class).stream()
                .filter(
                    service ->
                        service
                            .getMetadata()
                            .getLabels()
                            .equals(labels(monitor.getAsJsonObject("selector")))))
        .as("services that Prometheus reads")
        .hasSize(1)
        .allSatisfy(
            service -> {
              assertThat(service.getMetadata().getLabels())
                  .containsEntry(monitor.get("jobLabel").getAsString(), "ppe"); // as alerts have it
              assertThat(service.getSpec().getPorts().getFirst().getName())
                  .isEqualTo(
                      monitor
                          .getAsJsonArray("endpoints")
                          .get(0)
                          .getAsJsonObject()
                          .get("port")
                          .getAsString());
            });
  }

  @Test
  void productionHasTheAlertsOfThisRepository() throws Exception {
    JsonObject rule = custom(Manifests.of("production"), PROMETHEUS_RULE);
    Path alerts = Path.of("observability", "alerts.yml");
    assertThat(rule).isEqualTo(Manifests.yaml(Files.readString(alerts)));
    assertThat(rule.getAsJsonArray("groups")).isNotEmpty();
  }

  /** What an object of Prometheus' operator says of itself; there is one of each kind. */
  private static JsonObject custom(Manifests manifests, String kind) {
    List<JsonObject> objects =
        manifests.custom().filter(object -> Manifests.kind(object).equals(kind)).toList();
    assertThat(objects).as(kind).hasSize(1);
    return objects.getFirst().getAsJsonObject("spec");
  }

  private static Map<String, String> labels(JsonObject selector) {
    return JsonParser.parseString(selector.toString())
        .getAsJsonObject()
        .getAsJsonObject("matchLabels")
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().getAsString()));
  }
}
