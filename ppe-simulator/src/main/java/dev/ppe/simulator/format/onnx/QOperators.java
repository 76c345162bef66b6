package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.format.onnx.file.Attribute;
import dev.ppe.simulator.format.onnx.file.StoredNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Operators that carry their scales and zero points as operands (QLinearConv and its kin), spelled
 * out as the plain operator between DequantizeLinear and QuantizeLinear nodes, so that both forms
 * of quantised models come to the same graph; and ONNX Runtime's operators with a fused activation.
 */
final class QOperators {
  private final List<StoredNode> nodes = new ArrayList<>();

  private QOperators() {}

  /** The same nodes without such operators. */
  static List<StoredNode> spellOut(List<StoredNode> stored, Interruption interruption) {
    QOperators form = new QOperators();
    for (StoredNode node : stored) {
      interruption.check();
      form.add(node);
    }
    return form.nodes;
  }

  private void add(StoredNode node) {
    switch (node.type()) {
      case "QLinearConv" -> matrix(node, "Conv", 8, 6);
      case "QLinearMatMul" -> matrix(node, "MatMul", -1, 6);
      case "QGemm" -> matrix(node, "Gemm", 6, 7);
      case "QLinearAdd" -> matrix(node, "Add", -1, 6);
      case "QLinearMul" -> matrix(node, "Mul", -1, 6);
      case "QLinearSigmoid" -> single(node, "Sigmoid");
      case "QLinearLeakyRelu" -> single(node, "LeakyRelu");
      case "QLinearSoftmax" -> single(node, "Softmax");
      case "QLinearAveragePool" -> single(node, "AveragePool");
      case "QLinearGlobalAveragePool" -> single(node, "GlobalAveragePool");
      case "QLinearReduceMean" -> single(node, "ReduceMean");
      case "QLinearConcat" -> concat(node);
      case "FusedConv" -> fused(node, "Conv");
      case "FusedGemm" -> fused(node, "Gemm");
      default -> nodes.add(node);
    }
  }

  /**
   * Operands: two triples of value, scale and zero point; the result's scale and zero point from
   * {@code result} on, and perhaps a bias.
   */
  private void matrix(StoredNode node, String type, int bias, int result) {
    List<String> operands = new ArrayList<>();
    operands.add(dequantize(node, 0, false));
    operands.add(dequantize(node, 3, !type.equals("Add") && !type.equals("Mul")));
    if (bias >= 0 && !node.input(bias).isEmpty()) {
      operands.add(node.input(bias));
    }
    plain(node, type, operands, node.input(result), node.input(result + 1));
  }

  /** Operands: value, scale, zero point; the result's scale and zero point. */
  private void single(StoredNode node, String type) {
    plain(node, type, List.of(dequantize(node, 0, false)), node.input(3), node.input(4));
  }

  /** Operands: those of the plain operator, and perhaps a fourth that is added. */
  private void fused(StoredNode node, String type) {
    String result = node.output(0) + "/plain";
    List<String> operands = node.inputs().subList(0, Math.min(3, node.inputs().size()));
    nodes.add(node.as(type, operands, node.attributes()).writing(List.of(result)));
    if (!node.input(3).isEmpty()) {
      String sum = node.output(0) + "/sum";
      nodes.add(node.as("Add", List.of(result, node.input(3)), Map.of()).writing(List.of(sum)));
      result = sum;
    }
    String function =
        node.attributes().get("activation") instanceof Attribute.Text text
            ? text.value()
            : "Identity";
    nodes.add(node.as(function, List.of(result), parameters(node)));
  }

  /** The bounds of a fused Clip; parameters of other functions cost nothing. */
  private static Map<String, Attribute> parameters(StoredNode node) {
    return node.attributes().get("activation_params") instanceof Attribute.Reals reals
            && reals.values().size() == 2
        ? Map.of(
            "min", new Attribute.Real(reals.values().get(0)),
            "max", new Attribute.Real(reals.values().get(1)))
        : Map.of();
  }

  /** Operands: the result's scale and zero point; a triple for each value. */
  private void concat(StoredNode node) {
    List<String> operands = new ArrayList<>();
    for (int i = 2; i < node.inputs().size(); i += 3) {
      operands.add(dequantize(node, i, false));
    }
    plain(node, "Concat", operands, node.input(0), node.input(1));
  }

  /** A matrix or kernel has its scales along the output channels. */
  private String dequantize(StoredNode node, int position, boolean matrix) {
    String name = node.output(0) + "/" + position;
    long axis = node.type().equals("QLinearConv") ? 0 : transposed(node) ? 0 : 1;
    Map<String, Attribute> attributes =
        matrix ? Map.of("axis", new Attribute.Whole(axis)) : Map.of();
    nodes.add(
        node.as(
                "DequantizeLinear",
                List.of(node.input(position), node.input(position + 1), node.input(position + 2)),
                attributes)
            .writing(List.of(name)));
    return name;
  }

  private static boolean transposed(StoredNode node) {
    return node.attributes().get("transB") instanceof Attribute.Whole whole && whole.value() != 0;
  }

  private void plain(
      StoredNode node, String type, List<String> operands, String scale, String zeroPoint) {
    String real = node.output(0) + "/real";
    nodes.add(node.as(type, operands, node.attributes()).writing(List.of(real)));
    nodes.add(node.as("QuantizeLinear", List.of(real, scale, zeroPoint), Map.of()));
  }
}
