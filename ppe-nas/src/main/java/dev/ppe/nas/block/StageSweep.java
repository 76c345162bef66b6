package dev.ppe.nas.block;

import dev.ppe.nas.space.Parameter;
import dev.ppe.nas.topology.ModelSpace;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a search space lets a stage choose from, as a sweep: its widths, and the kinds, kernels,
 * expansions and group sizes of its blocks.
 *
 * @param stage the stage's name in the space: its parameters begin with it and a dot
 * @param sweep over maps of the stage's size
 */
public record StageSweep(String stage, BlockSweep sweep) {

  /**
   * The sweep of a stage.
   *
   * @param size height and width of the stage's maps
   * @throws IllegalArgumentException if the space has no such stage, or it is no stage of inverted
   *     bottlenecks
   */
  public static StageSweep of(ModelSpace space, String stage, int size) {
    List<String> kinds = values(space, stage, "kind").toList();
    List<BlockForm> forms =
        Arrays.stream(BlockForm.values()).filter(form -> kinds.contains(form.word())).toList();
    List<Integer> channels = numbers(space, stage, "channels");
    List<Integer> expansions = numbers(space, stage, "expansion");
    List<Integer> kernels = numbers(space, stage, "kernel");
    if (forms.isEmpty() || channels.isEmpty() || expansions.isEmpty() || kernels.isEmpty()) {
      throw new IllegalArgumentException(
          "space %s has no stage %s of inverted bottlenecks with the parameters kind, channels,"
                  .formatted(space.name(), stage)
              + " expansion and kernel");
    }
    List<Integer> groupSizes = numbers(space, stage, "group_size");
    return new StageSweep(
        stage, new BlockSweep(List.of(size), channels, expansions, kernels, forms, groupSizes));
  }

  /** What is worth it of the blocks of this stage, by their costs; see {@link StageChoices}. */
  public StageChoices choices(List<BlockCost> costs, double slack) {
    Set<Block> blocks = Set.copyOf(sweep.blocks());
    List<BlockCost> own = costs.stream().filter(cost -> blocks.contains(cost.block())).toList();
    return StageChoices.of(stage, sweep.sizes().getFirst(), own, slack);
  }

  private static List<Integer> numbers(ModelSpace space, String stage, String field) {
    TreeSet<Integer> numbers = new TreeSet<>();
    values(space, stage, field).map(Double::parseDouble).forEach(n -> numbers.add(n.intValue()));
    return List.copyOf(numbers);
  }

  private static Stream<String> values(ModelSpace space, String stage, String field) {
    return space.space().parameters().stream()
        .filter(parameter -> isOf(parameter, stage, field))
        .flatMap(p -> IntStream.range(0, p.size()).mapToObj(p::label));
  }

  private static boolean isOf(Parameter parameter, String stage, String field) {
    String name = parameter.name();
    return name.startsWith(stage + ".") && name.endsWith("." + field);
  }
}
