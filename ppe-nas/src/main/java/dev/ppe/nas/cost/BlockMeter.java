package dev.ppe.nas.cost;

import dev.ppe.client.PpeException;
import dev.ppe.nas.evaluate.CostService;
import dev.ppe.nas.objective.Metric;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.v1.Detail;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Layer;
import dev.ppe.v1.TimeBreakdown;
import dev.ppe.wire.GraphCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Asks the service what each part of a space's networks costs alone: the look-up table of FBNet and
 * ProxylessNAS. Parts that are the same network, whatever their place, are asked for once. What
 * belongs to no layer is left out: starting an inference, and inputs and outputs on the host link.
 */
public final class BlockMeter {
  private final CostService service;
  private final EstimateRequest options;
  private final int atOnce;

  /**
   * A meter.
   *
   * @param options a request without a model: the whole accelerator, and the fidelity
   * @param atOnce requests under way
   */
  public BlockMeter(CostService service, EstimateRequest options, int atOnce) {
    this.service = service;
    this.options = options.toBuilder().setDetail(Detail.DETAIL_LAYERS).build();
    this.atOnce = atOnce;
  }

  /**
   * The cost of each part, by metric.
   *
   * @throws PpeException if nobody answers, or a part is refused
   * @throws InterruptedException if the thread is interrupted
   */
  Map<Metric, Quantity> measure(SpaceParts parts, List<Metric> metrics)
      throws InterruptedException {
    Map<Graph, List<Integer>> rows = new LinkedHashMap<>();
    parts.forEachNetwork(
        (row, network) ->
            rows.computeIfAbsent(network.withName("block"), key -> new ArrayList<>()).add(row));
    Map<Metric, double[]> values = new LinkedHashMap<>();
    metrics.forEach(metric -> values.put(metric, new double[parts.layout().rows()]));
    ExecutorService threads = Executors.newFixedThreadPool(atOnce);
    try {
      Map<Graph, Future<EstimateResponse>> answers = new LinkedHashMap<>();
      rows.keySet().forEach(each -> answers.put(each, threads.submit(() -> ask(each))));
      for (Map.Entry<Graph, Future<EstimateResponse>> each : answers.entrySet()) {
        EstimateResponse answer = get(each.getValue());
        values.forEach(
            (metric, table) ->
                rows.getOrDefault(each.getKey(), List.of())
                    .forEach(row -> table[row] = cost(metric, answer)));
      }
    } finally {
      threads.shutdownNow();
    }
    Map<Metric, Quantity> measured = new LinkedHashMap<>();
    values.forEach(
        (metric, table) -> measured.put(metric, new Quantity("alone_" + metric.word(), table)));
    return measured;
  }

  private EstimateResponse ask(Graph network) {
    return service.estimate(options.toBuilder().setGraph(GraphCodec.encode(network)).build());
  }

  private static EstimateResponse get(Future<EstimateResponse> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof PpeException failure) {
        throw failure;
      }
      throw new IllegalStateException("a block cannot be evaluated", e);
    }
  }

  private double cost(Metric metric, EstimateResponse answer) {
    return switch (metric) {
      case LATENCY -> {
        long cycles = answer.getLayersList().stream().mapToLong(BlockMeter::ownCycles).sum();
        yield cycles * 1e6 / options.getAcceleratorSpec().getClockHz();
      }
      case ENERGY -> answer.getLayersList().stream().mapToDouble(Layer::getEnergyUj).sum();
      case MEMORY -> answer.getMemory().getPeMemoryPeakBytes();
      case MODEL_SIZE, MACS, PARAMETERS, QUALITY ->
          throw new IllegalArgumentException("there is no cost model of " + metric.word());
    };
  }

  private static long ownCycles(Layer layer) {
    TimeBreakdown time = layer.getTime();
    return layer.getCycles() - time.getHostLinkCycles() - time.getDecodeCycles();
  }
}
