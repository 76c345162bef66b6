package dev.ppe.nas.cost;

import dev.ppe.nas.cost.LearnedCosts.Learned;
import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.space.Parameter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Writes a cost model as an ONNX file that takes points as they are, {@code choices}: int64
 * [points, parameters], the number of each parameter's choice in the space's order, -1 where it is
 * not in use. For each metric there is an output, double [points, 1]: {@code latency_us}, {@code
 * energy_uj} or {@code memory_bytes}. Trees compare and add up 32-bit numbers, all else has 64
 * bits.
 */
public final class OnnxExport {
  private static final int IR_VERSION = 8;
  private static final int OPERATOR_SET = 17;
  private static final int TREE_OPERATOR_SET = 3;

  private final LearnedCosts costs;
  private final Layout layout;
  private final OnnxBytes graph = new OnnxBytes();
  private final List<OnnxBytes> initializers = new ArrayList<>();

  private OnnxExport(LearnedCosts costs) {
    this.costs = costs;
    layout = costs.models().getFirst().predictor().layout();
  }

  /** The bytes of a file. */
  public static byte[] write(LearnedCosts costs) {
    return new OnnxExport(costs).model();
  }

  /** What the output of a metric is called. */
  static String output(Metric metric) {
    return metric.word() + "_" + metric.unit().toLowerCase(Locale.ROOT);
  }

  private byte[] model() {
    rows();
    costs.models().forEach(this::metric);
    graph.text(2, "cost_model");
    initializers.forEach(tensor -> graph.message(5, tensor));
    graph.message(11, OnnxBytes.value("choices", OnnxBytes.INT64, costs.parameters().size()));
    for (Learned learned : costs.models()) {
      graph.message(12, OnnxBytes.value(output(learned.metric()), OnnxBytes.DOUBLE, 1));
    }
    OnnxBytes model = new OnnxBytes().whole(1, IR_VERSION).text(2, "ppe").message(7, graph);
    model.message(8, new OnnxBytes().text(1, "").whole(2, OPERATOR_SET));
    model.message(8, new OnnxBytes().text(1, "ai.onnx.ml").whole(2, TREE_OPERATOR_SET));
    costs
        .origin()
        .fields()
        .forEach((key, value) -> model.message(14, new OnnxBytes().text(1, key).text(2, value)));
    return model.finished().toByteArray();
  }

  private String node(String type, String output, List<String> inputs, OnnxBytes... attributes) {
    graph.message(1, OnnxBytes.node("", type, inputs, output, attributes));
    return output;
  }

  private String store(String name, int type, List<Integer> shape, Consumer<ByteBuffer> values) {
    int elements = shape.stream().reduce(1, Math::multiplyExact);
    initializers.add(OnnxBytes.tensor(name, type, shape, elements, values));
    return name;
  }

  /** The rows of each point: digits times strides, and where each group begins. */
  private void rows() {
    int width = costs.parameters().size();
    long[] strides = new long[width * layout.size()];
    for (int g = 0; g < layout.size(); g++) {
      ChoiceGroup group = layout.groups().get(g);
      for (int i = 0; i < group.width(); i++) {
        strides[group.parameter(i) * layout.size() + g] = group.stride(i);
      }
    }
    store(
        "shifts",
        OnnxBytes.INT64,
        List.of(width),
        data -> {
          for (Parameter parameter : costs.parameters()) {
            data.putLong(parameter.when().isPresent() ? 1 : 0);
          }
        });
    store(
        "strides",
        OnnxBytes.INT64,
        List.of(width, layout.size()),
        data -> {
          for (long stride : strides) {
            data.putLong(stride);
          }
        });
    store(
        "offsets",
        OnnxBytes.INT64,
        List.of(layout.size()),
        data -> {
          for (int g = 0; g < layout.size(); g++) {
            data.putLong(layout.offset(g));
          }
        });
    node("Add", "digits", List.of("choices", "shifts"));
    node("MatMul", "codes", List.of("digits", "strides"));
    node("Add", "rows", List.of("codes", "offsets"));
  }

  private void metric(Learned learned) {
    Predictor predictor = learned.predictor();
    String name = output(learned.metric());
    String at = name + "/";
    List<String> terms = new ArrayList<>();
    terms.add(
        store(
            at + "constant",
            OnnxBytes.DOUBLE,
            List.of(1, 1),
            data -> data.putDouble(predictor.constant())));
    terms.add(weights(predictor, at));
    if (!predictor.hinges().isEmpty() || predictor.trees().size() > 0) {
      String inputs = inputs(predictor, at);
      if (!predictor.hinges().isEmpty()) {
        terms.add(hinges(predictor, inputs, at));
      }
      if (predictor.trees().size() > 0) {
        String rounded = node("Cast", at + "rounded", List.of(inputs), to(OnnxBytes.FLOAT));
        graph.message(1, OnnxTrees.node(predictor.trees(), rounded, at + "leaves"));
        terms.add(node("Cast", at + "trees", List.of(at + "leaves"), to(OnnxBytes.DOUBLE)));
      }
    }
    node("Sum", name, terms);
  }

  private static OnnxBytes to(int type) {
    return OnnxBytes.attribute("to", type);
  }

  private String weights(Predictor predictor, String at) {
    String table =
        store(
            at + "weights",
            OnnxBytes.DOUBLE,
            List.of(layout.rows()),
            data -> {
              for (int row = 0; row < layout.rows(); row++) {
                data.putDouble(predictor.weight(row));
              }
            });
    String axis = store(at + "axis", OnnxBytes.INT64, List.of(1), data -> data.putLong(1));
    String found = node("Gather", at + "weight", List.of(table, "rows"));
    return node("ReduceSum", at + "linear", List.of(found, axis));
  }

  /** Sums by segments, sums over all, choices. */
  private String inputs(Predictor predictor, String at) {
    String choices = node("Cast", at + "choices", List.of("choices"), to(OnnxBytes.DOUBLE));
    int quantities = predictor.quantities().size();
    if (quantities == 0) {
      return choices;
    }
    String table =
        store(
            at + "quantities",
            OnnxBytes.DOUBLE,
            List.of(layout.rows(), quantities),
            data -> {
              for (int row = 0; row < layout.rows(); row++) {
                for (Quantity quantity : predictor.quantities()) {
                  data.putDouble(quantity.value(row));
                }
              }
            });
    int segments = layout.segmentNames().size();
    String members =
        store(
            at + "members",
            OnnxBytes.DOUBLE,
            List.of(segments + 1, layout.size()),
            data -> {
              for (int s = 0; s <= segments; s++) {
                for (int g = 0; g < layout.size(); g++) {
                  data.putDouble(s == segments || layout.segment(g) == s ? 1 : 0);
                }
              }
            });
    String found = node("Gather", at + "parts", List.of(table, "rows"));
    String sums = node("MatMul", at + "sums", List.of(members, found));
    String shape =
        store(
            at + "shape",
            OnnxBytes.INT64,
            List.of(2),
            data -> data.putLong(-1).putLong((long) (segments + 1) * quantities));
    String flat = node("Reshape", at + "flat", List.of(sums, shape));
    return node("Concat", at + "inputs", List.of(flat, choices), OnnxBytes.attribute("axis", 1));
  }

  private String hinges(Predictor predictor, String inputs, String at) {
    List<Predictor.Hinge> hinges = predictor.hinges();
    String which =
        store(
            at + "which",
            OnnxBytes.INT64,
            List.of(hinges.size()),
            data -> hinges.forEach(hinge -> data.putLong(hinge.input())));
    String knots =
        store(
            at + "knots",
            OnnxBytes.DOUBLE,
            List.of(hinges.size()),
            data -> hinges.forEach(hinge -> data.putDouble(hinge.knot())));
    String slopes =
        store(
            at + "slopes",
            OnnxBytes.DOUBLE,
            List.of(hinges.size(), 1),
            data -> hinges.forEach(hinge -> data.putDouble(hinge.slope())));
    String zero = store(at + "zero", OnnxBytes.DOUBLE, List.of(1), data -> data.putDouble(0));
    String picked =
        node("Gather", at + "picked", List.of(inputs, which), OnnxBytes.attribute("axis", 1));
    String above = node("Sub", at + "above", List.of(picked, knots));
    String positive = node("Max", at + "positive", List.of(above, zero));
    return node("MatMul", at + "hinges", List.of(positive, slopes));
  }
}
