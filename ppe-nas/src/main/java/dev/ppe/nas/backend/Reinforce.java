package dev.ppe.nas.backend;

import dev.ppe.nas.space.Point;
import dev.ppe.nas.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * REINFORCE controller (Williams, 1992, as Bender et al., "Can Weight Sharing Outperform Random
 * Architecture Search?", 2020, use it): an independent {@link Policy categorical distribution} for
 * each decision, with logits that begin at 0 and follow the gradient of
 *
 * <pre>{@code (reward - baseline) / scale * log p + entropy weight * entropy}</pre>
 *
 * over the decisions that were in use. The baseline is the moving average of the reward and the
 * scale that of its deviation, so that settings do not depend on the reward's unit. {@link
 * Baseline} says what candidates are worth that exceed limits or fail.
 */
final class Reinforce extends LocalBackend {
  /**
   * What may be set.
   *
   * @param learningRate of Adam, on the logits
   * @param momentum of the moving averages: the share that stays
   * @param entropyWeight how much a broad policy is worth
   * @param batched whether a batch is one step of the policy, or every trial
   */
  record Settings(double learningRate, double momentum, double entropyWeight, boolean batched) {
    static final Settings SINGLE = new Settings(0.05, 0.95, 1e-3, false);
    static final Settings BATCHED = new Settings(0.2, 0.8, 1e-3, true);

    Settings {
      if (!(learningRate > 0 && learningRate <= 10)
          || !(momentum >= 0 && momentum < 1)
          || !(entropyWeight >= 0 && entropyWeight <= 10)) {
        throw new IllegalArgumentException(
            ("the learning rate is %s, the momentum %s and the entropy weight %s, must be above 0"
                    + " and up to 10, from 0 to below 1, from 0 to 10")
                .formatted(learningRate, momentum, entropyWeight));
      }
    }
  }

  private final Settings settings;
  private final RandomGenerator random;
  private final Policy policy;
  private final Baseline baseline;

  Reinforce(SearchSpace space, Settings settings, long seed) {
    this.settings = settings;
    random = new SplittableRandom(seed);
    policy = new Policy(space, settings.learningRate());
    baseline = new Baseline(settings.momentum());
  }

  @Override
  protected List<Point> next(int count) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      points.add(policy.draw(random));
    }
    return points;
  }

  @Override
  protected void learn(List<Observation> observations) {
    int step = settings.batched() ? Math.max(1, observations.size()) : 1;
    for (int i = 0; i < observations.size(); i += step) {
      List<Observation> batch = observations.subList(i, i + step);
      List<Double> rewards = baseline.rewards(batch.stream().map(Observation::outcome).toList());
      for (int k = 0; k < step; k++) {
        double advantage = baseline.advantage(rewards.get(k));
        policy.reinforce(batch.get(k).point(), advantage / step, settings.entropyWeight() / step);
      }
      policy.step();
      rewards.forEach(baseline::observe);
    }
  }
}
