package dev.ppe.nas.topology;

import dev.ppe.simulator.builder.Blocks;
import dev.ppe.simulator.builder.Nonlinearity;
import dev.ppe.simulator.builder.SqueezeExcite;
import java.util.Optional;

/** How a block squeezes and excites. */
enum Gate {
  NONE,
  /** MnasNet's: a quarter of the block's input channels, rounded down. */
  QUARTER_OF_INPUT,
  /** MobileNetV3's: a quarter of the expanded channels in steps of 8, and a gate of lines. */
  QUARTER_OF_EXPANDED,
  /** MobileDet's: a quarter of the expanded channels in steps of 8, the block's own function. */
  MOBILEDET;

  Optional<SqueezeExcite> of(int input, int expanded, Nonlinearity nonlinearity) {
    return switch (this) {
      case NONE -> Optional.empty();
      case QUARTER_OF_INPUT ->
          Optional.of(
              new SqueezeExcite(Math.max(1, input / 4), nonlinearity, Nonlinearity.LOGISTIC));
      case QUARTER_OF_EXPANDED ->
          Optional.of(
              new SqueezeExcite(quarter(expanded), Nonlinearity.RELU, Nonlinearity.HARD_SIGMOID));
      case MOBILEDET ->
          Optional.of(
              new SqueezeExcite(Shares.of(expanded, 0.25), nonlinearity, Nonlinearity.LOGISTIC));
    };
  }

  private static int quarter(int channels) {
    return Blocks.scaleChannels(channels, 0.25);
  }
}
