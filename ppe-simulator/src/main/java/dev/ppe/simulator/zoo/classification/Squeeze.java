package dev.ppe.simulator.zoo.classification;

import dev.ppe.simulator.builder.Blocks;
import dev.ppe.simulator.builder.Nonlinearity;
import dev.ppe.simulator.builder.SqueezeExcite;
import java.util.Optional;

/** How the blocks of a stage squeeze and excite: the families differ in the size and the gate. */
public enum Squeeze {
  NONE,
  /** MnasNet's and EfficientNet's: a quarter of the block's input channels, rounded down. */
  QUARTER_OF_INPUT,
  /** MobileNetV3's: a quarter of the expanded channels in steps of 8, and a gate of lines. */
  QUARTER_OF_EXPANDED;

  /** The gate of a block, if it has one. */
  Optional<SqueezeExcite> of(int inputChannels, int expanded, Nonlinearity nonlinearity) {
    return switch (this) {
      case NONE -> Optional.empty();
      case QUARTER_OF_INPUT ->
          Optional.of(
              new SqueezeExcite(
                  Math.max(1, inputChannels / 4), nonlinearity, Nonlinearity.LOGISTIC));
      case QUARTER_OF_EXPANDED ->
          Optional.of(
              new SqueezeExcite(
                  Blocks.scaleChannels(expanded, 0.25),
                  Nonlinearity.RELU,
                  Nonlinearity.HARD_SIGMOID));
    };
  }
}
