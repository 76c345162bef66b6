package dev.ppe.nas.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.nas.objective.Goal.MnasHard;
import dev.ppe.nas.objective.Goal.MnasSoft;
import dev.ppe.nas.objective.Goal.Optimize;
import dev.ppe.nas.objective.Goal.Target;
import dev.ppe.nas.objective.Goal.TunasAbsolute;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectiveParserTest {
  @Test
  void metricsAreGoalsAndComparisonsLimits() {
    assertThat(ObjectiveParser.parse("quality, latency<=0.9ms, model-size <= 6MiB"))
        .isEqualTo(
            new Objective(
                List.of(new Optimize(Metric.QUALITY)),
                List.of(
                    new Limit(Metric.LATENCY, 900), new Limit(Metric.MODEL_SIZE, 6 * 1048576))));
    assertThat(ObjectiveParser.parse("quality,latency,energy").goals()).hasSize(3);
    assertThat(ObjectiveParser.parse("parameters, quality>=0.7").limits())
        .containsExactly(new Limit(Metric.QUALITY, 0.7));
  }

  @Test
  void rewardsHaveTargetsAndAWeightOfTheirOwn() {
    assertThat(ObjectiveParser.parse("mnas-soft(latency=1.2ms)"))
        .isEqualTo(Objective.of(new MnasSoft(List.of(new Target(Metric.LATENCY, 1200)), -0.07)));
    assertThat(ObjectiveParser.parse("mnas-hard(latency=1200; energy=2mJ; exponent=-0.5)"))
        .isEqualTo(
            Objective.of(
                new MnasHard(
                    List.of(new Target(Metric.LATENCY, 1200), new Target(Metric.ENERGY, 2000)),
                    -0.5)));
    assertThat(ObjectiveParser.parse("tunas(macs=1.2G; weight=-0.07)"))
        .isEqualTo(Objective.of(new TunasAbsolute(List.of(new Target(Metric.MACS, 1.2e9)), -0.07)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | there is no metric \"\"",
        "speed | there is no metric \"speed\", only latency, energy",
        "quality,, energy | there is no metric \"\"",
        "latency<=1ms | one goal or more",
        "quality, latency>=1ms | latency has a limit >=, must have <=: less is better",
        "quality, quality<=1 | must have >=: more is better",
        "quality, latency<=1mJ | \"1mJ\" is no number, with ms, s, us behind it",
        "quality, latency<=-1 | the limit of latency is -1.0, must be above 0",
        "best(latency=1) | there is no reward best, only mnas-soft",
        "tunas(latency) | tunas has \"latency\", must be like latency=1.2ms",
        "tunas(weight=-1) | a reward needs a cost with a target",
        "tunas(latency=1; weight=1) | weight is 1.0, must be below 0",
        "tunas(latency=1; weight=-1; weight=-1) | tunas has its weight twice",
        "tunas(quality=1) | must be a cost"
      })
  void whatCannotBeReadIsNamed(String text, String message) {
    assertThatThrownBy(() -> ObjectiveParser.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
