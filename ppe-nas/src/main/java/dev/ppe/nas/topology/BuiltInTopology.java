package dev.ppe.nas.topology;

import dev.ppe.nas.space.Point;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.zoo.language.MobileBert;
import dev.ppe.simulator.zoo.nasbench.Cell;
import dev.ppe.simulator.zoo.nasbench.DataSet;
import dev.ppe.simulator.zoo.nasbench.NasBench201;
import dev.ppe.simulator.zoo.nasbench.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The topologies that descriptions of spaces name instead of writing them down. */
public enum BuiltInTopology implements Topology {
  /**
   * A network of NAS-Bench-201 for CIFAR-10: the operation of each edge, {@code edge01} to {@code
   * edge23}.
   */
  NASBENCH201 {
    @Override
    public Graph graph(Point point, String name) {
      List<Operation> operations =
          Stream.of("edge01", "edge02", "edge12", "edge03", "edge13", "edge23")
              .map(point::text)
              .map(BuiltInTopology::operation)
              .toList();
      return new NasBench201(new Cell(operations), DataSet.CIFAR10).model().graph().withName(name);
    }
  },
  /**
   * A text encoder of MobileBERT's kind: {@code blocks}, features within a block ({@code
   * bottleneck}), within a feed-forward network ({@code intermediate}), {@code feed_forwards} of
   * each block.
   */
  MOBILEBERT {
    @Override
    public Graph graph(Point point, String name) {
      return new MobileBert(
              name,
              "MobileBERT",
              point.integer("blocks"),
              point.integer("bottleneck"),
              point.integer("intermediate"),
              point.integer("feed_forwards"))
          .model()
          .graph();
    }
  },
  /** SpaghettiNet's feature extractor: see {@link Spaghetti}. */
  SPAGHETTI {
    @Override
    public Graph graph(Point point, String name) {
      return Spaghetti.graph(point, name);
    }
  };

  private static Operation operation(String word) {
    return Arrays.stream(Operation.values())
        .filter(operation -> operation.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no operation " + word));
  }

  /** As it is written. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The topology of this word. */
  public static Optional<BuiltInTopology> of(String word) {
    return Stream.of(values()).filter(each -> each.word().equals(word)).findFirst();
  }

  /** Words of all of them, for people. */
  public static String words() {
    return String.join(", ", Arrays.stream(values()).map(BuiltInTopology::word).toList());
  }
}
