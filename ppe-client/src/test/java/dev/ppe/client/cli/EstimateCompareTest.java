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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EstimateCompareTest {
  @TempDir private Path folder;

  private static JsonObject json(String arguments) {
    Cli run = Cli.ppe(("estimate " + arguments + " --compare --format json").split(" ", -1));
    assertThat(run.exitCode()).isZero();
    return JsonParser.parseString(run.out()).getAsJsonObject();
  }

  private static double sum(JsonObject causes) {
    return causes.entrySet().stream().mapToDouble(cause -> cause.getValue().getAsDouble()).sum();
  }

  @Test
  void twoModelsStandSideBySide() {
    Cli run = Cli.ppe("estimate", "mobilenet_v1", "mobilenet_v2", "--compare", "--layers", "3");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.lines().getFirst()).isEqualTo("on coral-usb");
    assertThat(run.lines().get(1)).matches(" +mobilenet_v1 +mobilenet_v2 +change");
    assertThat(run.out())
        .containsPattern(
            "\n latency +\\d\\.\\d\\d ms +\\d\\.\\d\\d ms +[+-]\\d+ us +[+-]\\d\\.\\d %\n")
        .containsPattern("\n MACs +569 M +301 M +-268 M +-47 %\n")
        .contains("\n slower by ", "\n layers: ", " other layers ", " driver and transfers ");
    assertThat(run.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
  }

  @Test
  void energyThatIsNotKnownIsNotSaved() {
    Cli run =
        Cli.ppe("estimate", "mobilenet_v2", "--compare", "-a", "coral-usb", "-a", "mobile-cpu");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("\n energies are not compared: none is known of mobile-cpu\n")
        .doesNotContainPattern("\n (energy|average power|peak power) +\\d")
        .containsPattern("\n changed most +before +after +change +why\n");

    JsonObject object = json("mobilenet_v2 -a coral-usb -a mobile-cpu");
    assertThat(object.get("deltaEnergyUj").isJsonNull()).isTrue();
    assertThat(object.getAsJsonArray("layers"))
        .allSatisfy(
            layer ->
                assertThat(layer.getAsJsonObject().get("deltaEnergyUj").isJsonNull()).isTrue());
  }

  @Test
  void hardwareThatDiffersIsNamedAndWhatItBearsOn() throws IOException {
    String coral = Cli.ppe("accelerators", "coral-usb").out();
    Path slow =
        Files.writeString(
            folder.resolve("slow.yaml"),
            coral
                .replace("name: coral-usb", "name: slow")
                .replace("read_bytes_per_cycle: 4", "read_bytes_per_cycle: 2"));
    String arguments = "mobilenet_v2 -a coral-usb -a " + slow;

    JsonObject object = json(arguments);

    assertThat(object.getAsJsonArray("hardware"))
        .containsExactly(
            JsonParser.parseString(
                "{\"field\":\"pe_memory.read_bytes_per_cycle\",\"first\":\"4\",\"second\":\"2\"}"));
    assertThat(object.getAsJsonArray("layers"))
        .extracting(layer -> layer.getAsJsonObject().get("reasons").getAsString())
        .anySatisfy(
            reasons -> assertThat(reasons).endsWith("pe_memory.read_bytes_per_cycle 2, was 4"));
    assertThat(Cli.ppe(("estimate --compare " + arguments).split(" ", -1)).out())
        .containsPattern("\n hardware that differs +coral-usb +slow\n")
        .containsPattern("\n pe_memory.read_bytes_per_cycle +4 +2\n");
    assertThat(json("mobilenet_v1 mobilenet_v2").getAsJsonArray("hardware")).isEmpty();
  }

  @Test
  void theVerdictHasGainsAndLosses() {
    Cli run = Cli.ppe("estimate", "mobilenet_v1", "mobilenet_v2", "--compare", "--layers", "0");

    assertThat(run.out().replaceAll("\\s+", " "))
        .containsPattern(
            " slower by [^:]*: host link \\+[^;]* decode \\+[^;]*;"
                + " in spite of parameter fetch -\\d+ us");
  }

  @Test
  void oneModelStandsOnTwoAccelerators() {
    Cli run =
        Cli.ppe("estimate", "mobilenet_v2", "--compare", "-a", "coral-usb", "-a", "tensor-g1");

    assertThat(run.exitCode()).isZero();
    assertThat(run.lines().getFirst()).isEqualTo("mobilenet_v2");
    assertThat(run.lines().get(1)).matches(" +coral-usb +tensor-g1 +change");
    assertThat(run.out())
        .containsPattern("\n MACs +301 M +301 M +-\n")
        .contains(" faster by ")
        .contains(" 0 added, 0 removed, ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mobilenet_v1 mobilenet_v2",
        "resnet18 resnet50 -a tensor-g1",
        "mobilenet_edgetpu_v2_s -a coral-usb -a edgetpu-v1",
        "deeplabv3_mobilenet_v2 -a coral-usb -a mobile-cpu",
        "vgg16 -a coral-usb -a coral-compiler"
      })
  void changesAddUp(String arguments) {
    JsonObject object = json(arguments);
    double delta = object.get("deltaUs").getAsDouble();
    double first = object.getAsJsonObject("first").get("latencyUs").getAsDouble();
    double second = object.getAsJsonObject("second").get("latencyUs").getAsDouble();
    double layers = 0;
    for (JsonElement element : object.getAsJsonArray("layers")) {
      JsonObject layer = element.getAsJsonObject();
      layers += layer.get("deltaUs").getAsDouble();
      assertThat(sum(layer.getAsJsonObject("deltaUsByCause")))
          .isCloseTo(layer.get("deltaUs").getAsDouble(), within(1e-4));
    }

    assertThat(second - first).isEqualTo(delta);
    assertThat(sum(object.getAsJsonObject("deltaUsByCause"))).isCloseTo(delta, within(1e-3));
    assertThat(layers + sum(object.getAsJsonObject("deltaUsOutsideLayers")))
        .isCloseTo(delta, within(1e-2));
  }

  @Test
  void aModelAndItselfAreTheSame() {
    JsonObject object = json("resnet18 resnet18");

    assertThat(object.get("deltaUs").getAsDouble()).isZero();
    for (JsonElement layer : object.getAsJsonArray("layers")) {
      assertThat(layer.getAsJsonObject().get("change").getAsString()).isEqualTo("same");
    }
    assertThat(Cli.ppe("estimate", "resnet18", "resnet18", "--compare").out())
        .contains(" both take the same time\n", " 0 changed, 0 added, 0 removed, 31 the same\n");
  }

  @Test
  void aLayerThatWasPutInIsNamedAndWhatWasChangedIsExplained() throws IOException {
    String coral = Cli.ppe("accelerators", "coral-usb").out();
    Path small =
        Files.writeString(
            folder.resolve("small.yaml"),
            coral
                .replace("name: coral-usb", "name: coral-small")
                .replaceFirst("cache_bytes: \\d+", "cache_bytes: 1000000"));

    JsonArray layers =
        json("mobilenet_v2 --accelerator coral-usb --accelerator " + small)
            .getAsJsonArray("layers");

    assertThat(layers.asList())
        .extracting(layer -> layer.getAsJsonObject().get("reasons").getAsString())
        .contains(
            "parameters do not stay on the chip any more; parameter_memory.cache_bytes 977 KiB, was"
                + " 7.88 MiB");
  }

  @Test
  void anotherWidthChangesShapesAndWork() {
    JsonArray layers = json("mobilenet_v2 mobilenet_v2_0.5").getAsJsonArray("layers");

    JsonObject expand =
        layers.asList().stream()
            .map(JsonElement::getAsJsonObject)
            .filter(layer -> layer.getAsJsonObject("second").has("name"))
            .filter(
                layer ->
                    layer.getAsJsonObject("second").get("name").getAsString().equals("s4b1/expand"))
            .findFirst()
            .orElseThrow();
    assertThat(expand.getAsJsonObject("first").get("name").getAsString()).isEqualTo("s4b1/expand");
    assertThat(expand.get("reasons").getAsString())
        .startsWith("1x14x14x288, was 1x14x14x576; 0.25 x the MACs; ");
    assertThat(layers.asList())
        .extracting(layer -> layer.getAsJsonObject().get("change").getAsString())
        .doesNotContain("added", "removed");
  }

  @Test
  void csvHasARowForEachLayerAndOneForTheRest() {
    List<String> lines =
        Cli.ppe("estimate", "resnet18", "resnet50", "--compare", "--format", "csv").lines();

    assertThat(lines.getFirst())
        .startsWith("change,first_name,first_kind,first_us,second_name,")
        .contains(",delta_us,delta_energy_uj,delta_compute_us,delta_activation_fetch_us,")
        .endsWith(",reasons");
    assertThat(lines).anySatisfy(line -> assertThat(line).startsWith("added,,,,"));
    assertThat(lines.getLast()).startsWith("outside,,,,,,,");
  }

  @Test
  void serversGiveTheSameComparison() {
    try (TestServer server = TestServer.start()) {
      Cli here = Cli.ppe("estimate", "resnet18", "mobilenet_v2", "--compare");
      Cli there =
          Cli.ppe(
              "estimate", "resnet18", "mobilenet_v2", "--compare", "--target", server.address());

      assertThat(there).isEqualTo(here);
    }
  }

  @Test
  void aModelThatFailsIsNamedAndNothingIsCompared() {
    Cli run = Cli.ppe("estimate", "resnet18", "resnet_nine", "--compare");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("ppe: resnet_nine: no such file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a --compare|there are 1 and 1",
        "a b --compare --share-parameter-memory|without --share-parameter-memory",
        "a b c --compare|there are 3 and 1",
        "a b --compare -a coral-usb -a tensor-g1|there are 2 and 2",
        "resnet18 --compare -a coral-usb -a coral-9|no accelerator \"coral-9\""
      })
  void wrongUsageIsExplained(String arguments, String expected) {
    Cli run = Cli.ppe(("estimate " + arguments).split(" ", -1));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("ppe: ").contains(expected);
  }
}
