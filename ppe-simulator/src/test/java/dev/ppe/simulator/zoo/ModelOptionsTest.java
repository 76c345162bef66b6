package dev.ppe.simulator.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.simulator.builder.Arithmetic;
import org.junit.jupiter.api.Test;

class ModelOptionsTest {
  private static final ModelOptions IMAGE = ModelOptions.image(224, 1001);
  private static final ModelOptions TEXT = ModelOptions.text(384);

  @Test
  void networksAreDeployedInIntegers() {
    assertThat(IMAGE.arithmetic()).isEqualTo(Arithmetic.INT8);
    assertThat(TEXT.arithmetic()).isEqualTo(Arithmetic.INT8);
  }

  @Test
  void eachOptionIsChosenByItself() {
    assertThat(IMAGE.withResolution(192).withClasses(10).withArithmetic(Arithmetic.FLOAT32))
        .isEqualTo(new ModelOptions(Arithmetic.FLOAT32, 192, 10, ModelOptions.NONE));
    assertThat(TEXT.withSequenceLength(128)).isEqualTo(ModelOptions.text(128));
  }

  @Test
  void optionThatTheNetworkDoesNotHaveCannotBeChosen() {
    assertThatThrownBy(() -> TEXT.withResolution(192))
        .hasMessage("the network has no input size to choose, only sequence length, arithmetic");
    assertThatThrownBy(() -> TEXT.withClasses(10))
        .hasMessage("the network has no classes to choose, only sequence length, arithmetic");
    assertThatThrownBy(() -> IMAGE.withSequenceLength(128))
        .hasMessage(
            "the network has no sequence length to choose, only input size, classes, arithmetic");
  }

  @Test
  void sizesArePositive() {
    assertThatThrownBy(() -> IMAGE.withResolution(0))
        .hasMessage("input size is 0, must be 1 or more");
    assertThatThrownBy(() -> IMAGE.withClasses(-1)).hasMessage("classes is -1, must be 1 or more");
    assertThatThrownBy(() -> ModelOptions.text(-1))
        .hasMessage("sequence length is -1, must be 1 or more");
  }

  @Test
  void networkRefusesTheOptionsOfAnotherKind() {
    ZooModel model = Zoo.find("mobilenet_v2").orElseThrow();
    assertThatThrownBy(() -> model.graph(TEXT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("options of mobilenet_v2 are like ");
  }
}
