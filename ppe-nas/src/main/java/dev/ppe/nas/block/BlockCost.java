package dev.ppe.nas.block;

import dev.ppe.v1.Cause;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Layer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a block costs inside a network of equal ones, where neither the network's ends nor the fixed
 * cost of an inference count.
 *
 * @param block which one
 * @param latencyUs of the block, in microseconds
 * @param networkLatencyUs of the network, end to end, in microseconds
 * @param parameters of the block: weights and biases
 * @param macs of the block
 * @param energyUj of the block, in microjoules; 0 where nothing is known of the accelerator's
 * @param utilization of the accelerator's multipliers by the block, 0 to 1
 * @param boundBy what most of the block's time goes to
 * @param activationBytes read by the cores for the block
 * @param outside whether some layer is unlike those that the accelerator was validated with
 */
public record BlockCost(
    Block block,
    double latencyUs,
    double networkLatencyUs,
    double parameters,
    long macs,
    double energyUj,
    double utilization,
    Cause boundBy,
    long activationBytes,
    boolean outside) {

  /**
   * From the answer for a network of {@code blocks} blocks.
   *
   * @param inner which of the blocks is looked at
   * @param clockHz of the accelerator
   */
  static BlockCost of(Block block, EstimateResponse answer, int blocks, int inner, long clockHz) {
    List<Layer> layers =
        answer.getLayersList().stream()
            .filter(layer -> layer.getName().startsWith("b" + inner + "/"))
            .toList();
    long cycles = layers.stream().mapToLong(Layer::getCycles).sum();
    long macs = layers.stream().mapToLong(Layer::getMacs).sum();
    double possible = answer.getCycles() == 0 ? 0 : peak(answer) * cycles;
    return new BlockCost(
        block,
        cycles * 1e6 / clockHz,
        answer.getLatencyUs(),
        (double) answer.getParameters() / blocks,
        macs,
        layers.stream().mapToDouble(Layer::getEnergyUj).sum(),
        possible == 0 ? 0 : macs / possible,
        mostly(layers),
        layers.stream().mapToLong(Layer::getActivationReadBytes).sum(),
        layers.stream().anyMatch(layer -> !layer.getOutside().isEmpty()));
  }

  /** Multiply-accumulates a cycle: the whole network's utilization is a share of them. */
  private static double peak(EstimateResponse answer) {
    return answer.getUtilization() == 0
        ? 0
        : answer.getMacs() / (answer.getUtilization() * answer.getCycles());
  }

  private static Cause mostly(List<Layer> layers) {
    Map<Cause, Long> cycles = new EnumMap<>(Cause.class);
    for (Layer layer : layers) {
      cycles.merge(layer.getBoundBy(), layer.getCycles(), Long::sum);
    }
    return cycles.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(Cause.CAUSE_UNSPECIFIED);
  }
}
