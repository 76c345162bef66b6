package dev.ppe.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ppe.client.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Traces against the keys that the Trace Event Format asks of each phase of event. */
class EstimateTraceTest {
  private static final Map<String, Set<String>> KEYS =
      Map.of(
          "M", Set.of("name", "ph", "pid", "tid", "args"),
          "X", Set.of("name", "ph", "pid", "cat", "tid", "ts", "dur", "args"),
          "C", Set.of("name", "ph", "pid", "ts", "args"));

  private static final double NANOSECOND = 1e-3;

  @TempDir private Path folder;

  private Cli estimate(String... arguments) {
    return Cli.ppe(
        Stream.concat(Stream.of("estimate"), Stream.of(arguments)).toArray(String[]::new));
  }

  private static List<JsonObject> events(Path file) throws IOException {
    JsonObject trace = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    assertThat(trace.keySet()).containsExactly("displayTimeUnit", "traceEvents");
    JsonArray events = trace.getAsJsonArray("traceEvents");
    return events.asList().stream().map(JsonElement::getAsJsonObject).toList();
  }

  private static List<JsonObject> ofPhase(List<JsonObject> events, String phase) {
    return events.stream().filter(e -> e.get("ph").getAsString().equals(phase)).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"coral-usb", "tensor-g1", "systolic-32x32-os", "mobile-cpu"})
  void everyEventHasTheKeysOfItsPhaseAndNoOther(String accelerator) throws IOException {
    Path file = folder.resolve("trace.json");

    Cli run = estimate("mobilenet_v2", "--accelerator", accelerator, "--trace", file.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    List<JsonObject> events = events(file);
    assertThat(ofPhase(events, "X")).isNotEmpty();
    for (JsonObject event : events) {
      assertThat(event.keySet()).isEqualTo(KEYS.get(event.get("ph").getAsString()));
      if (event.has("ts")) {
        assertThat(event.get("ts").getAsDouble()).isNotNegative();
      }
    }
    assertThat(Files.size(file)).isLessThan(5_000_000);
  }

  @Test
  void theEventsOfATrackDoNotOverlapAndEndWithTheInference() throws IOException {
    Path file = folder.resolve("trace.json");

    Cli run =
        estimate("mobilenet_v2", "--trace", file.toString(), "--format", "json", "--layers", "0");

    JsonObject answer = JsonParser.parseString(run.lines().getFirst()).getAsJsonObject();
    Map<Integer, Double> busyUntil = new HashMap<>();
    for (JsonObject span : ofPhase(events(file), "X")) {
      double start = span.get("ts").getAsDouble();
      assertThat(start)
          .isGreaterThanOrEqualTo(busyUntil.getOrDefault(span.get("tid").getAsInt(), 0.0) - 1e-9);
      busyUntil.put(span.get("tid").getAsInt(), start + span.get("dur").getAsDouble());
    }
    double end = busyUntil.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    assertThat(end).isCloseTo(answer.get("latencyUs").getAsDouble(), within(NANOSECOND));
  }

  @Test
  void tracksAndCountersHaveNames() throws IOException {
    Path file = folder.resolve("trace.json");

    estimate("mobilenet_v2", "--trace", file.toString());

    List<String> names = new ArrayList<>();
    for (JsonObject event : ofPhase(events(file), "M")) {
      if (event.get("name").getAsString().endsWith("_name")) {
        names.add(event.getAsJsonObject("args").get("name").getAsString());
      }
    }
    assertThat(names)
        .containsExactly(
            "mobilenet_v2 on coral-usb",
            "host",
            "link to the accelerator",
            "link to the host",
            "PE network",
            "PE array");
    assertThat(ofPhase(events(file), "C").stream().map(e -> e.get("name").getAsString()))
        .contains("PE memory", "parameter memory", "power", "link to the accelerator bandwidth");
  }

  private static List<Double> counter(List<JsonObject> events, String name, String unit) {
    return ofPhase(events, "C").stream()
        .filter(event -> event.get("name").getAsString().equals(name))
        .map(event -> event.getAsJsonObject("args").get(unit).getAsDouble())
        .toList();
  }

  @Test
  void parametersThatStayAreThereAllTheTimeAndIdlingGoesOn() throws IOException {
    Path file = folder.resolve("trace.json");

    Cli run =
        estimate("mobilenet_v2", "--trace", file.toString(), "--format", "json", "--layers", "0");

    JsonObject answer = JsonParser.parseString(run.lines().getFirst()).getAsJsonObject();
    double cached = answer.getAsJsonObject("memory").get("paramsCachedBytes").getAsDouble();
    assertThat(counter(events(file), "parameter memory", "bytes")).containsOnly(cached);
    assertThat(counter(events(file), "power", "mW").getLast())
        .isPositive()
        .isCloseTo(answer.getAsJsonObject("power").get("idlePowerMw").getAsDouble(), within(0.5));
  }

  @Test
  void parametersThatAreStreamedComeAndGo() throws IOException {
    Path file = folder.resolve("trace.json");

    estimate("mobilenet_v2", "-a", "tensor-g1", "--trace", file.toString());

    List<Double> bytes = counter(events(file), "parameter memory", "bytes");
    assertThat(bytes.getLast()).isZero();
    assertThat(bytes).allSatisfy(now -> assertThat(now).isBetween(0.0, 524_288.0));
    assertThat(Set.copyOf(bytes)).hasSizeGreaterThan(10);
  }

  @Test
  void eachModelIsAProcessAndOneThatFailsLosesNoOther() throws IOException {
    Path file = folder.resolve("trace.json");

    Cli run = estimate("mobilenet_v2", "nothing", "squeezenet", "--trace", file.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(ofPhase(events(file), "X").stream().map(e -> e.get("pid").getAsInt()).distinct())
        .containsExactly(1, 2);
  }

  @Test
  void theAnswersAreThoseWithoutATrace() {
    String file = folder.resolve("trace.json").toString();

    for (String layers : List.of("0", "all")) {
      assertThat(estimate("mobilenet_v2", "--format", "json", "--layers", layers, "--trace", file))
          .isEqualTo(estimate("mobilenet_v2", "--format", "json", "--layers", layers));
    }
    assertThat(estimate("mobilenet_v2", "--trace", file)).isEqualTo(estimate("mobilenet_v2"));
  }

  @Test
  void aReplicaGivesTheSameTrace() throws IOException {
    Path here = folder.resolve("here.json");
    Path there = folder.resolve("there.json");
    try (TestServer server = TestServer.start()) {
      estimate("mobilenet_v2", "--trace", here.toString());
      estimate("mobilenet_v2", "--trace", there.toString(), "--target", server.address());
    }
    assertThat(there).hasSameBinaryContentAs(here);
  }

  @Test
  void whatCannotBeWrittenIsSaidBeforeAnyWork() {
    String file = folder.resolve("missing").resolve("trace.json").toString();

    Cli run = estimate("mobilenet_v2", "--trace", file);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo("ppe: " + file + ": no such folder\n");
  }
}
