package dev.ppe.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.simulator.zoo.ZooModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
  @TempDir private Path folder;

  private static JsonObject json(Cli run) {
    return JsonParser.parseString(run.lines().getFirst()).getAsJsonObject();
  }

  private static long sum(JsonObject network, String count) {
    long sum = 0;
    for (JsonElement operator : network.getAsJsonArray("operators")) {
      sum += operator.getAsJsonObject().get(count).getAsLong();
    }
    return sum;
  }

  @Test
  void totalsAreTheSumsOverOperatorsAndThoseOfEstimates() {
    for (ZooModel model : Zoo.models()) {
      JsonObject network = json(Cli.ppe("inspect", model.name(), "--format", "json"));
      JsonObject estimate = json(Cli.ppe("estimate", model.name(), "--format", "json"));
      assertThat(network.get("macs").getAsLong())
          .isEqualTo(sum(network, "macs"))
          .isEqualTo(estimate.get("macs").getAsLong());
      assertThat(network.get("parameters").getAsLong())
          .isEqualTo(sum(network, "parameters"))
          .isEqualTo(estimate.get("parameters").getAsLong());
      assertThat(network.getAsJsonArray("operators").size())
          .isEqualTo(estimate.get("operators").getAsInt());
      assertThat(network.get("graphHash")).isEqualTo(estimate.get("graphHash"));
    }
  }

  @Test
  void aTableHasARowAnOperator() {
    Cli run = Cli.ppe("inspect", "mobilenet_v2");
    assertThat(run.lines().getFirst())
        .isEqualTo(
            "mobilenet_v2   1x224x224x3 int8 -> 1x1001 int8   301 M MACs   3.49 M parameters"
                + "   64 operators");
    assertThat(run.out())
        .containsPattern("\n operator +kind +input +output +type +MACs +parameters\n");
    assertThat(run.lines()).hasSizeGreaterThan(60);
  }

  @Test
  void csvHasARowAnOperator() {
    Cli run = Cli.ppe("inspect", "mobilenet_v2", "--format", "csv");
    assertThat(run.lines().getFirst())
        .isEqualTo("model_name,operator,name,kind,inputs,outputs,type,macs,parameters");
    assertThat(run.lines().get(1))
        .startsWith("mobilenet_v2,0,")
        .contains(",1x224x224x3,1x112x112x");
  }

  @Test
  void theZooIsListed() {
    Cli run = Cli.ppe("inspect", "--zoo");
    List<String> names = Zoo.models().stream().map(ZooModel::name).toList();
    assertThat(run.out())
        .containsPattern("^network +input +MACs +parameters +operators +family +what it does\n")
        .containsPattern(
            "\nefficientnet_lite0 +224x224x3 +385 M +4.63 M +60 +EfficientNet-lite +image class")
        .containsPattern("\nbert_base +384 tokens +35.3 G +109 M ")
        .contains("\nNAS-Bench-201 cells are nasbench201/INDEX");
    assertThat(run.lines().stream().skip(1).limit(names.size()))
        .extracting(line -> line.substring(0, line.indexOf(' ')))
        .containsExactlyElementsOf(names);
    assertThat(Cli.ppe("inspect", "--zoo", "--format", "json").lines()).hasSameSizeAs(names);
  }

  @Test
  void aGraphAsJsonIsAModelAgain() throws IOException {
    Cli graph = Cli.ppe("inspect", "mobilenet_v2", "--format", "graph");
    Path file = Files.writeString(folder.resolve("mobilenet_v2.json"), graph.out());
    assertThat(Cli.ppe("estimate", file.toString(), "--format", "json"))
        .isEqualTo(Cli.ppe("estimate", "mobilenet_v2", "--format", "json"));
  }

  @Test
  void aBadModelFailsAlone() {
    Cli run = Cli.ppe("inspect", "no-such-model", "mobilenet_v2", "--format", "json");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.lines()).hasSize(1);
    assertThat(run.err()).startsWith("ppe: no-such-model: no such file").hasLineCount(1);
  }
}
