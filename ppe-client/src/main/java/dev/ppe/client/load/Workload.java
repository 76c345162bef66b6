package dev.ppe.client.load;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.zoo.ZooModel;
import dev.ppe.simulator.zoo.nasbench.Cell;
import dev.ppe.simulator.zoo.nasbench.DataSet;
import dev.ppe.simulator.zoo.nasbench.NasBench201;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.wire.GraphCodec;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/** Requests that differ from each other; they are sent in turn. */
public final class Workload {
  private static final List<DataSet> DATA_SETS = List.of(DataSet.values());
  private static final int FEWEST_CLASSES = 10;
  private static final int CLASSES = 5000;

  private final int size;
  private final IntFunction<EstimateRequest> requests;

  private Workload(int size, IntFunction<EstimateRequest> requests) {
    if (size < 1) {
      throw new IllegalArgumentException("a workload has at least one request");
    }
    this.size = size;
    this.requests = requests;
  }

  /** These requests. */
  public static Workload of(List<EstimateRequest> requests) {
    return new Workload(requests.size(), List.copyOf(requests)::get);
  }

  /** Requests that are made when they are needed: the same for the same number. */
  public static Workload of(int size, IntFunction<EstimateRequest> requests) {
    return new Workload(size, requests);
  }

  /**
   * Networks that no cache has seen: cells of NAS-Bench-201 on its three data sets. Cells that only
   * look different to the benchmark are told apart by their number of classes.
   *
   * @param count how many; all of them differ
   * @param seed another one gives others
   * @param options a request without a model
   */
  public static Workload candidates(int count, long seed, EstimateRequest options) {
    SplittableRandom random = new SplittableRandom(seed);
    int firstCell = random.nextInt(Cell.COUNT);
    int firstClasses = random.nextInt(CLASSES);
    return new Workload(
        count,
        index -> {
          Cell cell = Cell.of((firstCell + index) % Cell.COUNT);
          int classes = FEWEST_CLASSES + (firstClasses + index) % CLASSES;
          return options.toBuilder()
              .setModelName("candidate-" + index)
              .setGraph(GraphCodec.encode(network(cell, index, classes)))
              .build();
        });
  }

  private static Graph network(Cell cell, int index, int classes) {
    ZooModel model = new NasBench201(cell, DATA_SETS.get(index % DATA_SETS.size())).model();
    return model.graph(model.defaults().withClasses(classes));
  }

  /** How many requests there are. */
  public int size() {
    return size;
  }

  /** One of them, from 0 to {@link #size} - 1; the same each time. */
  public EstimateRequest request(int index) {
    return requests.apply(index);
  }
}
