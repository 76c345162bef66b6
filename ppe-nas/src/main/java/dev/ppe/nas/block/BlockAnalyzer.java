package dev.ppe.nas.block;

import dev.ppe.client.PpeException;
import dev.ppe.nas.evaluate.CostService;
import dev.ppe.v1.Accelerator;
import dev.ppe.v1.Detail;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.Fidelity;
import dev.ppe.wire.GraphCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks the service what blocks cost. */
public final class BlockAnalyzer {
  private static final int BLOCKS = 4;
  private static final int INNER = 2;

  private final CostService service;
  private final Accelerator accelerator;
  private final Fidelity fidelity;

  /**
   * An analyzer of blocks on one accelerator.
   *
   * @param service where to ask
   * @param accelerator in full
   */
  public BlockAnalyzer(CostService service, Accelerator accelerator, Fidelity fidelity) {
    this.service = service;
    this.accelerator = accelerator;
    this.fidelity = fidelity;
  }

  /**
   * The costs of blocks, in their order. Those that there is no program for are left out and told
   * of.
   *
   * @param atOnce requests under way
   * @throws PpeException if nobody answers, or servers have too much to do
   * @throws InterruptedException if the thread is interrupted
   */
  public Analysis analyze(List<Block> blocks, int atOnce) throws InterruptedException {
    List<BlockCost> costs = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(atOnce);
    try {
      List<Future<BlockCost>> answers =
          blocks.stream().map(block -> threads.submit(() -> cost(block))).toList();
      for (int i = 0; i < answers.size(); i++) {
        try {
          costs.add(answers.get(i).get());
        } catch (ExecutionException e) {
          failures.add(failure(blocks.get(i), e));
        }
      }
    } finally {
      threads.shutdownNow(); // what is left is not wanted
    }
    return new Analysis(costs, failures);
  }

  private BlockCost cost(Block block) {
    EstimateRequest request =
        EstimateRequest.newBuilder()
            .setGraph(GraphCodec.encode(block.network(BLOCKS)))
            .setAcceleratorSpec(accelerator)
            .setFidelity(fidelity)
            .setDetail(Detail.DETAIL_LAYERS)
            .build();
    return BlockCost.of(block, service.estimate(request), BLOCKS, INNER, accelerator.getClockHz());
  }

  /** What a request fails with is told; what asking fails with ends it all. */
  private static String failure(Block block, ExecutionException failed) {
    if (failed.getCause() instanceof PpeException e) {
      boolean ofTheBlock =
          switch (e.code()) {
            case INVALID_ARGUMENT -> true;
            case RESOURCE_EXHAUSTED -> !e.isOverload(); // else it is too large
            default -> false;
          };
      if (!ofTheBlock) {
        throw e;
      }
      return "%s %s: %s".formatted(block.shape(), block.label(), e.getMessage());
    }
    throw new IllegalStateException(block.shape() + " " + block.label(), failed);
  }

  /**
   * What came of a sweep.
   *
   * @param costs of the blocks that there is a program for
   * @param failures a line for each other
   */
  public record Analysis(List<BlockCost> costs, List<String> failures) {
    public Analysis {
      costs = List.copyOf(costs);
      failures = List.copyOf(failures);
    }
  }
}
