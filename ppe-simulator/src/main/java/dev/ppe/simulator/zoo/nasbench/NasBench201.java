package dev.ppe.simulator.zoo.nasbench;

import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import dev.ppe.simulator.zoo.ModelOptions;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network of NAS-Bench-201 (Dong and Yang, "NAS-Bench-201: Extending the Scope of Reproducible
 * Neural Architecture Search", 2020): three stages of five equal cells, with residual blocks of
 * stride 2 between them.
 *
 * <p>Names have an index or a string, and a data set unless that is CIFAR-10: {@code
 * nasbench201/1462}, {@code nasbench201/1462/imagenet16-120}, {@code
 * nasbench201:|nor_conv_3x3~0|+...|/cifar100}.
 */
public record NasBench201(Cell cell, DataSet dataSet) {
  private static final String PREFIX = "nasbench201";

  /** How the names are written, for people. */
  public static final String NAMES =
      "NAS-Bench-201 cells are nasbench201/INDEX, from 0 to "
          + (Cell.COUNT - 1)
          + ", or nasbench201:'CELL' as the benchmark writes it, both with /cifar10, /cifar100 or"
          + " /imagenet16-120 behind if need be";

  private static final Pattern NAME =
      Pattern.compile(PREFIX + "(?:/(?<index>[0-9]{1,5})|:(?<cell>[^/]+))(?:/(?<set>.+))?");
  private static final int STEM = 16;
  private static final int STAGES = 3;
  private static final int CELLS = 5;
  private static final Kernel KERNEL = Kernel.of(3);

  /** The network of this name; empty if there is none. */
  public static Optional<ZooModel> find(String name) {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      return Optional.empty();
    }
    Optional<Cell> cell =
        Optional.ofNullable(parts.group("index"))
            .map(Integer::parseInt)
            .filter(index -> index < Cell.COUNT)
            .map(Cell::of)
            .or(() -> Optional.ofNullable(parts.group("cell")).flatMap(Cell::parse));
    Optional<DataSet> set =
        Optional.ofNullable(parts.group("set"))
            .map(DataSet::of)
            .orElse(Optional.of(DataSet.CIFAR10));
    return cell.flatMap(c -> set.map(s -> new NasBench201(c, s).model()));
  }

  /** Whether {@code name} begins like the name of one of these networks. */
  public static boolean isMeantBy(String name) {
    return name.startsWith(PREFIX);
  }

  /** The network with its options. */
  public ZooModel model() {
    return new ZooModel(
        name(),
        List.of(PREFIX + ":" + cell + suffix()),
        "NAS-Bench-201",
        "image classification on %s, cells %s".formatted(dataSet.word(), cell),
        ModelOptions.image(dataSet.resolution(), dataSet.classes()),
        this::graph);
  }

  /** The name in the zoo, for example {@code nasbench201/1462/cifar100}. */
  public String name() {
    return PREFIX + "/" + cell.index() + suffix();
  }

  private String suffix() {
    return dataSet == DataSet.CIFAR10 ? "" : "/" + dataSet.word().toLowerCase(Locale.ROOT);
  }

  private Graph graph(ModelOptions options) {
    GraphBuilder net = GraphBuilder.named(name(), options.arithmetic());
    Value x = net.input("image", 1, options.resolution(), options.resolution(), 3);
    x = net.scope("stem").conv("conv3x3", x, STEM, KERNEL, Activation.NONE);
    for (int s = 0; s < STAGES; s++) {
      if (s > 0) {
        x = reduce(net.scope("r" + s), x);
      }
      for (int c = 0; c < CELLS; c++) {
        x = CellWriter.write(net.scope("s" + s + "c" + c), cell, x);
      }
    }
    GraphBuilder head = net.scope("head");
    x = head.scaleAndOffset("activation", x, Activation.RELU);
    x = head.globalAveragePool("pool", x);
    return net.build(
        net.scope("logits")
            .fullyConnected("fully-connected", x, options.classes(), Activation.NONE));
  }

  /** Half the rows and columns, twice the channels; the shortcut has no normalisation. */
  private static Value reduce(GraphBuilder net, Value x) {
    int channels = 2 * x.channels();
    Value branch = net.unary("relu", UnaryFunction.RELU, x);
    branch = net.conv("conv3x3", branch, channels, KERNEL.stride(2), Activation.RELU);
    branch = net.conv("conv3x3-2", branch, channels, KERNEL, Activation.NONE);
    GraphBuilder shortcut = net.scope("short").withoutBias();
    Value identity = shortcut.averagePool("average-pool", x, Kernel.of(2).stride(2));
    identity = shortcut.pointwise("conv1x1", identity, channels, Activation.NONE);
    return net.add("add", branch, identity, Activation.NONE);
  }
}
