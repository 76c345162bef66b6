package dev.ppe.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ModelArgumentsTest {
  private static List<String> names(String... arguments) {
    return ModelArguments.of(List.of(arguments)).stream().map(ModelArgument::name).toList();
  }

  @Test
  void aFileIsCalledWithoutFolderAndEnding() {
    assertThat(names("a/b/model.tflite", "net_1.0_224.json", "mobilenet_v2", "v2_1.0"))
        .containsExactly("model", "net_1.0_224", "mobilenet_v2", "v2_1.0");
  }

  @Test
  void theSlashesOfACellAreItsOwn() {
    assertThat(names("nasbench201/7/cifar100", "nasbench201/8"))
        .containsExactly("nasbench201/7/cifar100", "nasbench201/8");
  }

  @Test
  void filesThatWouldBeCalledTheSameKeepTheirWholeNames() {
    assertThat(names("a/model.tflite", "b/model.tflite", "c/other.tflite"))
        .containsExactly("a/model.tflite", "b/model.tflite", "other");
  }

  @Test
  void theSameFileTwiceIsStillOneFile() {
    assertThat(names("a/model.tflite", "a/model.tflite")).containsExactly("model", "model");
  }
}
