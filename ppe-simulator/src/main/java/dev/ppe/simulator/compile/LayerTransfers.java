package dev.ppe.simulator.compile;

import dev.ppe.simulator.activity.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What one layer moves on and off the chip, and from where to where. Results of a layer in several
 * rounds, which are of channels of their own, lie round after round; so who reads a part of their
 * rows reads it in as many places ({@link ChannelBlocks}).
 */
final class LayerTransfers {
  private final int index;
  private final Passes work;
  private final Transfers transfers;
  private final ProgramBuilder program;
  private final List<AddressRange> in;
  private final List<AddressRange> second;
  private final List<AddressRange> out;
  private final AddressRange parameters;

  LayerTransfers(
      int index,
      Mapping mapping,
      Transfers transfers,
      DramLayout layout,
      ChannelBlocks blocks,
      ProgramBuilder program) {
    Layer layer = mapping.layers().get(index);
    SecondFactor factor = SecondFactor.of(mapping, index);
    this.index = index;
    this.work = mapping.passes(index);
    this.transfers = transfers;
    this.program = program;
    this.in = offChip(mapping, layout, blocks, factor.others(layer.inputs()));
    this.second = offChip(mapping, layout, blocks, factor.asList());
    this.out = offChip(mapping, layout, blocks, layer.outputs());
    this.parameters = layout.parameters(index, work.streamedBytes());
  }

  private static List<AddressRange> offChip(
      Mapping mapping, DramLayout layout, ChannelBlocks blocks, List<Integer> tensors) {
    List<AddressRange> ranges = new ArrayList<>();
    for (int tensor : tensors) {
      if (mapping.memory().offChip().get(tensor)) {
        long bytes = mapping.graph().tensor(tensor).bytes();
        ranges.addAll(blocks.of(tensor, layout.tensor(tensor, bytes)));
      }
    }
    return ranges;
  }

  /** Operands of a pass come; {@link ProgramBuilder#NONE} if none do. */
  int fetch(int turn, Set<Integer> after) {
    return transfer(parts(in, turn % work.passes()), true, Cause.DMA, after);
  }

  /** All of a second factor comes, if it is off the chip and comes in this pass. */
  int fetchSecond(int turn, Set<Integer> after) {
    return turn < work.second().times()
        ? transfer(second, true, Cause.DMA, after)
        : ProgramBuilder.NONE;
  }

  /** Results of a pass go. */
  int store(int turn, Set<Integer> after) {
    int round = turn / work.passes();
    List<AddressRange> ofRound = new ArrayList<>();
    for (int block = round; block < out.size(); block += work.rounds()) {
      ofRound.add(out.get(block));
    }
    return transfer(parts(ofRound, turn % work.passes()), false, Cause.DMA, after);
  }

  /** A piece of a pass's parameters comes. */
  int stage(int turn, int piece, int pieces, Set<Integer> after) {
    AddressRange ofRound = parameters.part(turn / work.passes(), work.rounds());
    return transfer(List.of(ofRound.part(piece, pieces)), true, Cause.PARAMETER_FETCH, after);
  }

  private int transfer(
      List<AddressRange> ranges, boolean towardsDevice, Cause cause, Set<Integer> after) {
    if (ranges.isEmpty()) {
      return ProgramBuilder.NONE;
    }
    Work move = Transfers.work(transfers.memoryRoute(towardsDevice), ranges, towardsDevice);
    return program.add(index, move, cause, after);
  }

  /** What one of several passes needs: as much of each, in whole bytes. */
  private List<AddressRange> parts(List<AddressRange> ranges, int pass) {
    return ranges.stream().map(range -> range.part(pass, work.passes())).toList();
  }
}
