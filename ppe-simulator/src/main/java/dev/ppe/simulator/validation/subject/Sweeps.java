package dev.ppe.simulator.validation.subject;

import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The networks of the two Coral sweeps. They were measured with a float32 input, which the host
 * quantises, and an int8 output.
 */
final class Sweeps {
  private static final int CONVOLUTIONS = 5;
  private static final int IMAGE = 64;
  private static final int MOST_LAYERS = 1_000;
  private static final Pattern PART =
      Pattern.compile("(?:(\\d{1,4}) x \\((\\d{1,6})->(\\d{1,6})\\)|(\\d{1,6})->(\\d{1,6}))");

  private Sweeps() {}

  /** Five 3 x 3 convolutions with ReLU on 64 x 64 x 3. */
  static Graph convolutions(int filters) {
    GraphBuilder net = GraphBuilder.named("conv5-" + filters, Arithmetic.INT8);
    Value x = quantized(net, 1, IMAGE, IMAGE, 3);
    for (int i = 0; i < CONVOLUTIONS; i++) {
      x = net.conv("conv" + i, x, filters, Kernel.of(3), Activation.RELU);
    }
    return net.build(x);
  }

  /**
   * Dense layers with ReLU between them.
   *
   * @param layers in words, for example {@code 64->100, then 3 x (100->100), then 100->10}
   * @throws IllegalArgumentException if the words cannot be understood
   */
  static Graph dense(String layers) {
    List<Integer> widths = widths(layers);
    GraphBuilder net = GraphBuilder.named("dense", Arithmetic.INT8);
    Value x = quantized(net, 1, widths.getFirst());
    for (int i = 1; i < widths.size(); i++) {
      Activation activation = i < widths.size() - 1 ? Activation.RELU : Activation.NONE;
      x = net.fullyConnected("dense" + i, x, widths.get(i), activation);
    }
    return net.build(x);
  }

  private static Value quantized(GraphBuilder net, int... shape) {
    Value input = net.input("input", DataType.FLOAT32, shape);
    return net.apply("quantize", new Operator.Quantize(), input);
  }

  /** The width of the input and of each layer. */
  private static List<Integer> widths(String layers) {
    List<Integer> widths = new ArrayList<>();
    for (String part : layers.split(", then ", -1)) {
      Matcher match = PART.matcher(part);
      if (!match.matches()) {
        throw new IllegalArgumentException(
            "\"%s\" is no layer; one is like 64->100 or 3 x (100->100)".formatted(part));
      }
      boolean repeated = match.group(1) != null;
      int times = repeated ? Integer.parseInt(match.group(1)) : 1;
      int from = Integer.parseInt(match.group(repeated ? 2 : 4));
      int to = Integer.parseInt(match.group(repeated ? 3 : 5));
      if (widths.isEmpty()) {
        widths.add(from);
      }
      for (int i = 0; i < times; i++) {
        if (widths.getLast() != from || widths.size() > MOST_LAYERS) {
          throw new IllegalArgumentException(
              "\"%s\" does not follow on %d units".formatted(part, widths.getLast()));
        }
        widths.add(to);
      }
    }
    return widths;
  }
}
