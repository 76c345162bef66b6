package dev.ppe.simulator.validation.subject;

import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.Blocks;
import dev.ppe.simulator.builder.Bottleneck;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.GroupForm;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Nonlinearity;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.zoo.nasbench.Cell;
import dev.ppe.simulator.zoo.nasbench.DataSet;
import dev.ppe.simulator.zoo.nasbench.NasBench201;
import java.util.List;

/** Networks as searches meet them, drawn the same in every run. */
public final class SearchSpaces {
  private static final int MOST_BLOCKS = 18;

  private SearchSpaces() {}

  /**
   * A network of NAS-Bench-201. The benchmark's numbering is a shuffle already, so the first
   * indices are as good as any.
   *
   * @param index from 0; the data sets take turns
   */
  public static Graph cell(int index) {
    List<DataSet> sets = List.of(DataSet.values());
    DataSet set = sets.get(index % sets.size());
    return new NasBench201(Cell.of(index % Cell.COUNT), set).model().graph();
  }

  /**
   * A classifier of 4 to 18 inverted bottlenecks of any kind: depthwise, fused, with group
   * convolutions in the place of either; kernels 3 to 7, expansions 1 to 8, groups of 32 to 128
   * channels, images of 96 to 320 rows.
   *
   * @param seed tells one from another
   */
  public static Graph bottlenecks(long seed) {
    Draws draws = new Draws(seed);
    GraphBuilder net = GraphBuilder.named("bottlenecks-" + seed, Arithmetic.INT8);
    int side = 32 * (3 + draws.below(8));
    Value x = net.input("image", 1, side, side, 3);
    Kernel stem = Kernel.of(draws.of(List.of(3, 5))).stride(2);
    x = net.conv("stem", x, 8 * (1 + draws.below(6)), stem, Nonlinearity.RELU);
    int blocks = 4 + draws.below(MOST_BLOCKS - 3);
    for (int i = 0; i < blocks; i++) {
      boolean smaller = draws.below(4) == 0 && x.height() > 4;
      int wider = smaller || draws.below(3) == 0 ? 8 * (1 + draws.below(8)) : 0;
      x = block(draws, net.scope("b" + i), x, x.channels() + wider, smaller ? 2 : 1);
    }
    x = net.pointwise("head", x, 64 * (4 + draws.below(17)), Nonlinearity.RELU);
    x = net.globalAveragePool("pool", x);
    int classes = draws.of(List.of(10, 100, 1000));
    return net.build(net.fullyConnected("logits", x, classes, Activation.NONE));
  }

  private static Value block(Draws draws, GraphBuilder net, Value x, int channels, int stride) {
    Kernel kernel = Kernel.of(draws.of(List.of(3, 3, 5, 7))).stride(stride);
    int group = draws.of(List.of(32, 64, 128));
    int expanded = x.channels() * draws.of(List.of(1, 3, 4, 6, 8));
    // Groups of both sides of a convolution: the channels inside are made to divide.
    int groups = Math.max(2, expanded / group);
    boolean divides = expanded % groups == 0 && x.channels() % groups == 0;
    Bottleneck bottleneck = new Bottleneck(expanded, channels, kernel, Nonlinearity.RELU);
    return switch (draws.below(4)) {
      case 0 -> Blocks.fused(net, x, bottleneck);
      case 1 ->
          divides
              ? Blocks.groupConv(net, x, bottleneck, expanded / groups)
              : Blocks.fused(net, x, bottleneck);
      case 2 -> {
        Bottleneck whole = new Bottleneck(groups * group, channels, kernel, Nonlinearity.RELU);
        yield Blocks.grouped(net, x, whole, group, GroupForm.NATIVE);
      }
      default -> Blocks.depthwise(net, x, bottleneck);
    };
  }
}
