package dev.ppe.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.zoo.Zoo;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that share a chip share its parameter memory, and their order decides who has what. */
class SharedParameterMemoryTest {
  /** The vendor's dense_1024: 1024 x 1024 weights, and 8 bytes for each output. */
  private static final long DENSE_BYTES = 1_056_768;

  private final Accelerator coral = Presets.get("coral-usb");

  private static Graph dense(String name, int layers) {
    GraphBuilder net = GraphBuilder.named(name, Arithmetic.INT8);
    Value x = net.input("x", 1, 1024);
    for (int i = 0; i < layers; i++) {
      x = net.fullyConnected("dense" + i, x, 1024, Activation.RELU);
    }
    return net.build(x);
  }

  private static Graph zoo(String name) {
    return Zoo.find(name).orElseThrow().graph();
  }

  /** Each finds what those before it left. */
  private static List<Evaluation> together(Accelerator chip, Graph... models) {
    List<Evaluation> evaluations = new ArrayList<>();
    long taken = 0;
    for (Graph model : models) {
      Evaluation evaluation = Evaluate.on(chip.reserving(taken), model);
      taken += evaluation.memory().parameterMemoryUsedBytes();
      evaluations.add(evaluation);
    }
    return evaluations;
  }

  private static long cached(Evaluation evaluation) {
    return evaluation.memory().paramsCachedBytes();
  }

  /**
   * 8,262,778 bytes hold 7 of the 8 layers, and 865,402 are left, which the instructions need not
   * all of: 4 of the first model and 3 of the second.
   */
  @Test
  void theFirstModelKeepsAllThatFitsAndTheSecondWhatIsLeft() {
    List<Evaluation> models = together(coral, dense("first", 4), dense("second", 4));

    assertThat(cached(models.get(0))).isEqualTo(4 * DENSE_BYTES);
    assertThat(models.get(0).memory().paramsStreamedBytes()).isZero();
    assertThat(cached(models.get(1))).isEqualTo(3 * DENSE_BYTES);
    assertThat(models.get(1).memory().paramsStreamedBytes()).isEqualTo(DENSE_BYTES);
  }

  @Test
  void theOrderDecidesWhoGetsTheMemory() {
    Graph large = zoo("inception_v1");
    Graph small = zoo("mobilenet_v2");
    List<Evaluation> largeFirst = together(coral, large, small);
    List<Evaluation> smallFirst = together(coral, small, large);

    assertThat(cached(largeFirst.get(0))).isGreaterThan(cached(smallFirst.get(1)));
    assertThat(cached(smallFirst.get(0))).isGreaterThan(cached(largeFirst.get(1)));
    assertThat(largeFirst.get(0).latencyUs()).isLessThan(smallFirst.get(1).latencyUs());
    assertThat(smallFirst.get(0).latencyUs()).isLessThan(largeFirst.get(1).latencyUs());
  }

  @Test
  void theFirstModelIsWhatItIsAlone() {
    Graph model = zoo("mobilenet_v2");

    assertThat(together(coral, model, model).getFirst()).isEqualTo(Evaluate.on(coral, model));
  }

  /** Its upload is then shorter by what it does not upload; its inferences fetch that instead. */
  @Test
  void whatIsNotKeptIsNotUploadedButFetchedInEveryInference() {
    Evaluation alone = Evaluate.on(coral, dense("net", 4));
    Evaluation last = Evaluate.on(coral.reserving(6_000_000), dense("net", 4));

    assertThat(cached(last)).isEqualTo(2 * DENSE_BYTES);
    assertThat(last.latencyUs()).isGreaterThan(alone.latencyUs());
    assertThat(last.firstLatencyUs() - last.latencyUs())
        .isLessThan(alone.firstLatencyUs() - alone.latencyUs());
  }

  @ParameterizedTest
  @ValueSource(strings = {"coral-usb", "coral-compiler", "tensor-g1", "systolic-32x32-os"})
  void togetherTheyNeverTakeMoreThanThereIs(String preset) {
    Accelerator chip = Presets.get(preset);
    List<Evaluation> models =
        together(
            chip,
            zoo("mobilenet_v1_0.25_128"),
            zoo("resnet50"),
            zoo("mobilenet_v2"),
            zoo("inception_v1"));

    assertThat(models.stream().mapToLong(m -> m.memory().parameterMemoryUsedBytes()).sum())
        .isLessThanOrEqualTo(chip.parameterMemory().cacheBytes());
    assertThat(models)
        .allSatisfy(
            m ->
                assertThat(m.memory().parameterMemoryUsedBytes())
                    .isGreaterThanOrEqualTo(cached(m)));
  }

  @Test
  void aModelThatFindsNothingStreamsAll() {
    long all = coral.parameterMemory().cacheBytes();
    Evaluation evaluation = Evaluate.on(coral.reserving(all), zoo("mobilenet_v2"));

    assertThat(cached(evaluation)).isZero();
    assertThat(evaluation.memory().paramsStreamedBytes())
        .isEqualTo(cached(Evaluate.on(coral, zoo("mobilenet_v2"))));
    assertThat(evaluation.firstLatencyUs()).isEqualTo(evaluation.latencyUs());
  }

  @Test
  void noMoreCanBeTakenThanThereIs() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> coral.reserving(8_262_779))
        .withMessageContaining("parameter_memory.cache_bytes is 8262779, must be between 0 and");
    assertThatIllegalArgumentException().isThrownBy(() -> coral.reserving(-1));
  }
}
