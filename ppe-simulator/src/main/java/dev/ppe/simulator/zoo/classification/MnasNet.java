package dev.ppe.simulator.zoo.classification;

import static dev.ppe.simulator.builder.Nonlinearity.RELU;
import static dev.ppe.simulator.zoo.classification.Squeeze.QUARTER_OF_INPUT;
import static dev.ppe.simulator.zoo.classification.Stage.Kind.DEPTHWISE;
import static dev.ppe.simulator.zoo.classification.Stage.Kind.UNEXPANDED;

import dev.ppe.simulator.zoo.ModelOptions;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * MnasNet of Tan et al., "MnasNet: Platform-Aware Neural Architecture Search for Mobile" (2019), as
 * its authors released it (tensorflow/tpu, models/official/mnasnet): A1 has squeeze-and-excitation
 * in some stages, B1 has none. The output is logits.
 *
 * @param variant the network's name, for example {@code A1}
 * @param stages the rows of the table
 */
public record MnasNet(String variant, List<Stage> stages) {
  public static final MnasNet A1 =
      new MnasNet(
          "A1",
          List.of(
              Stage.of(UNEXPANDED, 3, 1, 1, 16, 1, RELU).withoutSkip(),
              Stage.of(DEPTHWISE, 3, 2, 6, 24, 2, RELU),
              Stage.of(DEPTHWISE, 5, 2, 3, 40, 3, RELU).squeezed(QUARTER_OF_INPUT),
              Stage.of(DEPTHWISE, 3, 2, 6, 80, 4, RELU),
              Stage.of(DEPTHWISE, 3, 1, 6, 112, 2, RELU).squeezed(QUARTER_OF_INPUT),
              Stage.of(DEPTHWISE, 5, 2, 6, 160, 3, RELU).squeezed(QUARTER_OF_INPUT),
              Stage.of(DEPTHWISE, 3, 1, 6, 320, 1, RELU)));

  public static final MnasNet B1 =
      new MnasNet(
          "B1",
          List.of(
              Stage.of(UNEXPANDED, 3, 1, 1, 16, 1, RELU).withoutSkip(),
              Stage.of(DEPTHWISE, 3, 2, 3, 24, 3, RELU),
              Stage.of(DEPTHWISE, 5, 2, 3, 40, 3, RELU),
              Stage.of(DEPTHWISE, 5, 2, 6, 80, 3, RELU),
              Stage.of(DEPTHWISE, 3, 1, 6, 96, 2, RELU),
              Stage.of(DEPTHWISE, 5, 2, 6, 192, 4, RELU),
              Stage.of(DEPTHWISE, 3, 1, 6, 320, 1, RELU).withoutSkip()));

  private static final int STEM = 32;
  private static final int HEAD = 1280;

  public MnasNet {
    stages = List.copyOf(stages);
  }

  static List<ZooModel> models() {
    return Stream.of(A1, B1).map(MnasNet::model).toList();
  }

  /** The network as the zoo has it, for example {@code mnasnet_a1}. */
  public ZooModel model() {
    StagedNetwork network =
        new StagedNetwork(
            "mnasnet_" + variant.toLowerCase(Locale.ROOT),
            STEM,
            RELU,
            stages,
            new Head.Wide(HEAD, RELU));
    return ZooModel.classifier(
        network.name(), List.of(), "MnasNet", ModelOptions.image(224, 1000), network::graph);
  }
}
