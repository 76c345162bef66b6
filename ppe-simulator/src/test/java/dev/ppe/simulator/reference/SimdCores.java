package dev.ppe.simulator.reference;

import dev.ppe.simulator.hardware.Core;
import java.util.ArrayList;
import java.util.List;

/**
 * The SIMD cores of one PE, lane by lane. The activation port brings the words of a step byte by
 * byte, the parameter port lines; every lane adds the dot product of its line's part and its word
 * to one of its accumulators in the tick in which the word's last byte arrives, or the
 * multiplication's last cycle ends, whichever is later.
 *
 * <p>There are one or two line registers. With two the next line comes in from the first step of a
 * turn on, and the layer's first is there when it begins: as its last turn brings in that line
 * again, in place of the next layer's.
 */
public final class SimdCores {
  private final Core.Simd core;
  private final Port activationPort;
  private final Port parameterPort;
  private final boolean twoLines;
  private final int elementBytes;
  private final int weightBytes;
  private final int macCycles;
  private final Convolution work;
  private final long[][][] sums;
  private final long[][] accumulators;
  private long ticks;

  private SimdCores(
      Core.Simd core,
      long portBytes,
      long lineRate,
      boolean twoLines,
      int elementBytes,
      int weightBytes,
      int macCycles,
      Convolution work) {
    this.core = core;
    this.activationPort = new Port(portBytes);
    this.parameterPort = new Port(lineRate);
    this.twoLines = twoLines;
    this.elementBytes = elementBytes;
    this.weightBytes = weightBytes;
    this.macCycles = macCycles;
    this.work = work;
    this.sums = new long[work.rows()][work.columns()][work.groups() * work.outputs()];
    this.accumulators = new long[core.perPe() * core.lanes()][core.accumulators()];
  }

  /** What the cores did. */
  public static final class Run {
    private final long cycles;
    private final long[][][] sums;
    private final long activationBytes;
    private final long parameterBytes;

    /**
     * As it is written down.
     *
     * @param cycles from the first operand to the last step, or the pipeline's depth
     * @param sums by row, column and output channel
     * @param activationBytes brought by the activation port
     * @param parameterBytes brought by the parameter port
     */
    Run(long cycles, long[][][] sums, long activationBytes, long parameterBytes) {
      this.cycles = cycles;
      this.sums = sums;
      this.activationBytes = activationBytes;
      this.parameterBytes = parameterBytes;
    }

    public long cycles() {
      return cycles;
    }

    public long[][][] sums() {
      return sums;
    }

    public long activationBytes() {
      return activationBytes;
    }

    public long parameterBytes() {
      return parameterBytes;
    }
  }

  /**
   * Runs a convolution, {@code repeats} times.
   *
   * @param portBytes bytes of activations in a cycle
   * @param lineRate bytes of weights in a cycle
   * @param twoLines whether a line comes in while another is used
   * @param elementBytes bytes of an activation
   * @param weightBytes bytes of a weight
   * @param macCycles cycles that a lane multiplies and adds
   */
  public static Run run(
      Core.Simd core,
      long portBytes,
      long lineRate,
      boolean twoLines,
      int elementBytes,
      int weightBytes,
      int macCycles,
      int repeats,
      Convolution work) {
    SimdCores cores =
        new SimdCores(
            core, portBytes, lineRate, twoLines, elementBytes, weightBytes, macCycles, work);
    for (int i = 0; i < repeats; i++) {
      cores.run();
    }
    boolean pointwise = work.kernelRows() * work.kernelColumns() == 1;
    boolean inSequence = pointwise && work.stride() == 1 && work.groups() == 1;
    long cycles =
        inSequence ? Math.ceilDiv(cores.ticks * 4, core.wordsInFourCycles()) : cores.ticks;
    return new Run(
        Math.max(core.pipelineDepth(), cycles),
        cores.sums,
        cores.activationPort.moved(),
        cores.parameterPort.moved());
  }

  private void run() {
    boolean dense = core.slidingWindow() && work.isDepthwise();
    List<Turn> turns = new ArrayList<>();
    for (List<Integer> channels : passes()) {
      turns.addAll(
          dense && work.stride() == 1 && work.dilation() == 1
              ? new SlidingNest(core, work).turns(channels)
              : new PlainNest(core, work, dense).turns(channels));
    }
    for (int i = 0; i < turns.size(); i++) {
      if (!twoLines) {
        parameterPort.begin(bytes(turns.get(i)));
        while (!parameterPort.idle()) {
          tick();
        }
      }
      work(turns.get(i), turns.get((i + 1) % turns.size()));
    }
  }

  /** Which output channels stand on the lanes together: parts of a group, or whole groups. */
  private List<List<Integer>> passes() {
    int lanes = core.perPe() * core.lanes();
    int groups = Math.max(1, lanes / work.outputs()); // side by side
    List<List<Integer>> passes = new ArrayList<>();
    for (int group = 0; group < work.groups(); group += groups) {
      int first = group * work.outputs();
      int end = Math.min(work.groups(), group + groups) * work.outputs();
      for (int channel = first; channel < end; channel += lanes) {
        List<Integer> channels = new ArrayList<>();
        for (int c = channel; c < Math.min(end, channel + lanes); c++) {
          channels.add(c);
        }
        passes.add(channels);
      }
    }
    return passes;
  }

  private void work(Turn turn, Turn next) {
    long groups = Math.ceilDiv(turn.line().length, work.outputs());
    long word = groups * Math.min(work.inputs(), core.macsPerLane()) * elementBytes;
    for (int i = 0; i < turn.steps().size(); i++) {
      Turn.Step step = turn.steps().get(i);
      for (int early = 0; early < step.early(); early++) {
        bring(word);
      }
      if (i == 0 && twoLines) {
        parameterPort.begin(bytes(next));
      }
      long begun = ticks;
      bring(word);
      while (ticks < begun + macCycles) {
        tick();
      }
      add(turn, step);
    }
    while (!parameterPort.idle()) {
      tick();
    }
  }

  /** Lanes are stored in quarters, so that a line has whole ones. */
  private long bytes(Turn turn) {
    int quarter = Math.max(1, core.perPe() * core.lanes() / 4);
    return (long) Math.ceilDiv(turn.line().length, quarter)
        * quarter
        * core.macsPerLane()
        * weightBytes;
  }

  private void bring(long word) {
    activationPort.begin(word);
    while (!activationPort.idle()) {
      tick();
    }
  }

  private void tick() {
    activationPort.tick();
    parameterPort.tick();
    ticks++;
  }

  private void add(Turn turn, Turn.Step step) {
    for (int lane = 0; lane < turn.line().length; lane++) {
      long sum = step.clears() ? 0 : accumulators[lane][step.target()];
      for (int i = 0; i < core.macsPerLane(); i++) {
        sum += (long) turn.line()[lane][i] * step.operands()[lane][i];
      }
      accumulators[lane][step.target()] = sum;
    }
    for (Turn.Result result : step.results()) {
      sums[result.row()][result.column()][result.channel()] =
          accumulators[result.lane()][step.target()];
    }
  }
}
