package dev.ppe.simulator.compile;

import static dev.ppe.simulator.compile.ProgramBuilder.after;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.job.Job;
import java.util.Set;

/**
 * The instructions of one layer on the accelerator: it is decoded, then worked through turn by turn
 * ({@link LayerTurns}).
 */
final class LayerScheduler {
  private final Mapping mapping;
  private final Accelerator accelerator;
  private final Transfers transfers;
  private final DramLayout layout;
  private final ProgramBuilder program;
  private final StagedParameters staged;
  private final ChannelBlocks blocks;

  LayerScheduler(Mapping mapping, Transfers transfers, DramLayout layout, ProgramBuilder program) {
    this.mapping = mapping;
    this.accelerator = mapping.accelerator();
    this.transfers = transfers;
    this.layout = layout;
    this.program = program;
    this.staged = new StagedParameters(accelerator.parameterMemory().prefetch());
    this.blocks = new ChannelBlocks(mapping.graph().tensors().size());
  }

  /**
   * Adds the layer's instructions.
   *
   * @param index the layer
   * @param invocation the instruction after which the stage's program is there
   * @param ready what must have ended for the operands to be there
   * @return the instruction after which the results are there
   */
  int schedule(int index, int invocation, Set<Integer> ready) {
    Layer layer = mapping.layers().get(index);
    Tiling tiling = mapping.tilings().get(index).orElseThrow();
    if (tiling.equals(Tiling.VIEW)) {
      blocks.view(layer);
      Work nothing = new Work.Compute(Job.Delay.NONE, Job.Part.WHOLE);
      return program.add(index, nothing, Cause.COMPUTE, ready);
    }
    blocks.make(layer, mapping.passes(index).rounds());
    LayerTransfers moves = new LayerTransfers(index, mapping, transfers, layout, blocks, program);
    return new LayerTurns(index, tiling, tile(layer, tiling), moves, mapping, program, staged)
        .schedule(invocation, ready, dispatch(index, ready));
  }

  /** The layer's instructions are fetched and decoded, and the PEs meet. */
  private Set<Integer> dispatch(int index, Set<Integer> ready) {
    int nanos = accelerator.invocation().layerOverheadNs();
    if (nanos == 0) {
      return ready;
    }
    Work decoding = new Work.Compute(new Job.Delay(nanos), Job.Part.WHOLE);
    return after(program.add(index, decoding, Cause.DECODE, ready));
  }

  private TileWork tile(Layer layer, Tiling tiling) {
    TilingProblem problem = TilingProblem.of(mapping.graph(), layer, accelerator).orElseThrow();
    return TileWork.of(accelerator.grid(), problem, tiling.split(), tiling.onCores());
  }
}
