package dev.ppe.nas.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.nas.space.Point;
import dev.ppe.nas.spaces.Spaces;
import dev.ppe.nas.topology.ModelSpace;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Workload;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts depend on all that decides on their cost, and on nothing else. */
class SpacePartsTest {
  private static List<String> parameters(ModelSpace models, String group) {
    ChoiceGroup found =
        SpaceParts.of(models).layout().groups().stream()
            .filter(each -> each.name().equals(group))
            .findFirst()
            .orElseThrow();
    return Arrays.stream(found.parameters())
        .mapToObj(index -> models.space().parameters().get(index).name())
        .toList();
  }

  @Test
  void aBlockDependsOnItsOwnChoicesAndOnTheChannelsThatItReads() {
    assertThat(parameters(Costs.MODELS, "s/first/bottleneck"))
        .containsExactly("width", "s.channels", "s.first.kind", "s.first.kernel");
    assertThat(parameters(Costs.MODELS, "dense")).containsExactly("s.channels");
  }

  @Test
  void skippedBlocksBetweenMakeNoDifferenceWhereTheyKeepTheShape() {
    assertThat(parameters(Costs.MODELS, "s/more1/bottleneck"))
        .containsExactly("s.channels", "s.more1.kind", "s.more1.kernel", "s.more1.group_size");
  }

  @ParameterizedTest
  @ValueSource(strings = {"small", "mobilenet-edgetpu-v2", "fbnet"})
  void blocksAddUpToTheNetwork(String name) {
    ModelSpace models = Spaces.find(name).orElse(Costs.MODELS);
    SpaceParts parts = SpaceParts.of(models);
    List<Quantity> quantities = PartQuantities.of(parts);
    SplittableRandom random = new SplittableRandom(2);
    Set<Double> differences = new HashSet<>();
    Set<Double> parameterDifferences = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      Point point = models.space().sample(random);
      Graph graph = models.graph(point);
      int[] rows = parts.layout().rows(point);
      double macs = Arrays.stream(rows).mapToDouble(quantities.get(0)::value).sum();
      double bytes = Arrays.stream(rows).mapToDouble(quantities.get(1)::value).sum();
      differences.add(Workload.macs(graph) - macs);
      parameterDifferences.add(
          graph.tensors().stream().filter(t -> t.isParameter()).mapToDouble(t -> t.bytes()).sum()
              - bytes);
    }
    // Layers that are always the same are no parts: their share is constant.
    assertThat(differences).hasSize(1);
    assertThat(parameterDifferences).hasSize(1);
  }

  @Test
  void networksThatBranchAreTakenInPairsOfChoices() {
    ModelSpace cells = Spaces.find("nasbench201").orElseThrow();
    SpaceParts parts = SpaceParts.of(cells);
    assertThat(parts.layout().size()).isEqualTo(15);
    assertThat(parts.layout().rows()).isEqualTo(15 * 25);
    assertThat(PartQuantities.of(parts)).isEmpty();
  }

  /** Of those, heads that read several maps and nodes that branch have no blocks to ask for. */
  @ParameterizedTest
  @ValueSource(strings = {"autoseg-edgetpu", "mobilebert-edgetpu"})
  void everyParameterCounts(String name) {
    ModelSpace models = Spaces.find(name).orElseThrow();
    Layout layout = SpaceParts.of(models).layout();
    Point point = models.space().sample(new SplittableRandom(4));
    Set<Integer> read = new HashSet<>();
    layout.groups().forEach(g -> Arrays.stream(g.parameters()).forEach(read::add));
    assertThat(read).hasSize(models.space().parameters().size());
    for (int g = 0; g < layout.size(); g++) {
      assertThat(layout.row(g, point))
          .isBetween(layout.offset(g), layout.offset(g) + layout.groups().get(g).size() - 1);
    }
  }
}
