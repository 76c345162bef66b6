package dev.ppe.simulator.format.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelTest {
  @ParameterizedTest
  @CsvSource({
    "MobilenetV1/Conv2d_8_depthwise/Relu6, MobilenetV1/Conv2d_8_depthwise/Relu6",
    "model/activation_5/Relu;model/conv2d_8/Conv2D;model/conv2d_6/Conv2D1, model/conv2d_6/Conv2D1",
    "edsr/quant_conv2d_8/Conv2D;conv2d_8/bias, conv2d_8",
    "add_fold;Edge/conv_13/expand/BatchNorm_Fold/bias1, Edge/conv_13/expand",
    "model/conv2d/BiasAdd/ReadVariableOp/resource1, model/conv2d",
    "StatefulPartitionedCall/StatefulPartitionedCall/edsr/add;, edsr/add",
    "StatefulPartitionedCall:0, StatefulPartitionedCall:0",
    "' ; ', ''"
  })
  void aLabelIsTheLastNameWithoutWhatTheConverterAdded(String name, String label) {
    assertThat(OperatorReader.label(name)).isEqualTo(label);
  }

  @ParameterizedTest
  @CsvSource({"1000", "65"})
  void aLongLabelKeepsItsEnd(int length) {
    String label = OperatorReader.label("x".repeat(length) + "/end");

    assertThat(label).hasSize(64).startsWith("…x").endsWith("/end");
  }
}
