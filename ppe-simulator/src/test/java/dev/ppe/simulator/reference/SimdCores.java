package dev.ppe.simulator.reference;

import dev.ppe.simulator.hardware.Core;
import dev.ppe.simulator.job.LoopOrder;
import dev.ppe.simulator.job.OnCores;
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
 *
 * <p>Where cores share rows, each part of the rows has lanes of its own, which take the same lines;
 * the port brings a word for each part, also where its rows have ended. With weights outside, sums
 * pass the ports of activations and results between a line and the next.
 */
public final class SimdCores {
  private final Core.Simd core;
  private final Port activationPort;
  private final Port parameterPort;
  private final Port resultPort;
  private final boolean twoLines;
  private final int elementBytes;
  private final int weightBytes;
  private final int macCycles;
  private final OnCores onCores;
  private final Convolution work;
  private final long[][][] sums;
  private final long[][] accumulators;
  private long ticks;

  private SimdCores(
      Core.Simd core,
      long portBytes,
      long resultBytes,
      long lineRate,
      boolean twoLines,
      int elementBytes,
      int weightBytes,
      int macCycles,
      OnCores onCores,
      Convolution work) {
    this.core = core;
    this.resultPort = new Port(resultBytes);
    this.onCores = onCores;
    this.activationPort = new Port(portBytes);
    this.parameterPort = new Port(lineRate);
    this.twoLines = twoLines;
    this.elementBytes = elementBytes;
    this.weightBytes = weightBytes;
    this.macCycles = macCycles;
    this.work = work;
    this.sums = new long[work.rows()][work.columns()][work.groups() * work.outputs()];
    // Sums that wait in PE memory are kept here as well; a port moves them.
    int rows = Math.ceilDiv(work.rows(), onCores.rows());
    int waiting = onCores.order() == LoopOrder.WEIGHTS_OUTER ? rows * work.columns() : 0;
    this.accumulators =
        new long[core.perPe() * core.lanes()][Math.max(core.accumulators(), waiting)];
  }

  /** What the cores did. */
  public static final class Run {
    private final long cycles;
    private final long[][][] sums;
    private final long activationBytes;
    private final long parameterBytes;
    private final long sumBytes;

    /**
     * As it is written down.
     *
     * @param cycles from the first operand to the last step, or the pipeline's depth
     * @param sums by row, column and output channel
     * @param activationBytes brought by the activation port, sums that come back included
     * @param parameterBytes brought by the parameter port
     * @param sumBytes unfinished, taken by the port of results
     */
    Run(long cycles, long[][][] sums, long activationBytes, long parameterBytes, long sumBytes) {
      this.cycles = cycles;
      this.sums = sums;
      this.activationBytes = activationBytes;
      this.parameterBytes = parameterBytes;
      this.sumBytes = sumBytes;
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

    public long sumBytes() {
      return sumBytes;
    }
  }

  /**
   * Runs a convolution, {@code repeats} times.
   *
   * @param portBytes bytes of activations in a cycle
   * @param resultBytes bytes of results, or of sums that have to wait, in a cycle
   * @param lineRate bytes of weights in a cycle
   * @param twoLines whether a line comes in while another is used
   * @param elementBytes bytes of an activation
   * @param weightBytes bytes of a weight
   * @param macCycles cycles that a lane multiplies and adds
   * @param onCores which rows are for which cores, and what is outside and what inside
   */
  public static Run run(
      Core.Simd core,
      long portBytes,
      long resultBytes,
      long lineRate,
      boolean twoLines,
      int elementBytes,
      int weightBytes,
      int macCycles,
      OnCores onCores,
      int repeats,
      Convolution work) {
    SimdCores cores =
        new SimdCores(
            core,
            portBytes,
            resultBytes,
            lineRate,
            twoLines,
            elementBytes,
            weightBytes,
            macCycles,
            onCores,
            work);
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
        cores.parameterPort.moved(),
        cores.resultPort.moved());
  }

  private void run() {
    List<List<List<Turn>>> turns = new ArrayList<>(); // by part of the rows and pass
    int perPart = Math.ceilDiv(work.rows(), onCores.rows());
    for (int from = 0; from < work.rows(); from += perPart) {
      turns.add(turns(work.rows(from, Math.min(work.rows(), from + perPart))));
    }
    int passes = turns.getFirst().size();
    for (int i = 0; i < passes; i++) {
      int pass = i;
      Turn next = turns.getFirst().get((pass + 1) % passes).getFirst();
      run(turns.stream().map(part -> part.get(pass)).toList(), next);
    }
  }

  /** A pass, in which no part has more turns than the first. */
  private void run(List<List<Turn>> turns, Turn next) {
    List<Turn> longest = turns.getFirst();
    for (int i = 0; i < longest.size(); i++) {
      if (!twoLines) {
        parameterPort.begin(bytes(longest.get(i)));
        while (!parameterPort.idle()) {
          tick();
        }
      }
      work(turns, i, i + 1 < longest.size() ? longest.get(i + 1) : next);
    }
  }

  /** By pass. */
  private List<List<Turn>> turns(Convolution part) {
    boolean dense = core.slidingWindow() && part.isDepthwise();
    boolean once = onCores.order() == LoopOrder.WEIGHTS_OUTER;
    List<List<Turn>> turns = new ArrayList<>();
    for (List<Integer> channels : passes()) {
      turns.add(
          dense && part.stride() == 1 && part.dilation() == 1
              ? new SlidingNest(core, part).turns(channels)
              : new PlainNest(core, part, dense, once).turns(channels));
    }
    return turns;
  }

  /** Which output channels stand on the lanes together: parts of a group, or whole groups. */
  private List<List<Integer>> passes() {
    int lanes = lanesOfAPart();
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

  private int lanesOfAPart() {
    return core.perPe() * core.lanes() / onCores.rows();
  }

  /** A turn of all parts, of which the first has the most steps. */
  private void work(List<List<Turn>> turns, int index, Turn next) {
    Turn longest = turns.getFirst().get(index);
    long groups = Math.ceilDiv(longest.line().length, work.outputs());
    long word =
        groups * Math.min(work.inputs(), core.macsPerLane()) * elementBytes * onCores.rows();
    long sums = 4L * longest.line().length * onCores.rows();
    boolean wait = onCores.order() == LoopOrder.WEIGHTS_OUTER;
    for (int i = 0; i < longest.steps().size(); i++) {
      Turn.Step step = longest.steps().get(i);
      for (int early = 0; early < step.early(); early++) {
        activationPort.begin(word);
        pass(0);
      }
      if (i == 0 && twoLines) {
        parameterPort.begin(bytes(next));
      }
      activationPort.begin(word + (wait && !step.clears() ? sums : 0));
      resultPort.begin(wait && step.results().isEmpty() ? sums : 0);
      pass(macCycles);
      for (int part = 0; part < turns.size(); part++) {
        if (index < turns.get(part).size() && i < turns.get(part).get(index).steps().size()) {
          add(part, turns.get(part).get(index), turns.get(part).get(index).steps().get(i));
        }
      }
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

  /** Until operands and sums are through, and so many cycles at the least. */
  private void pass(int cycles) {
    long begun = ticks;
    while (!activationPort.idle() || !resultPort.idle() || ticks < begun + cycles) {
      tick();
    }
  }

  private void tick() {
    activationPort.tick();
    resultPort.tick();
    parameterPort.tick();
    ticks++;
  }

  private void add(int part, Turn turn, Turn.Step step) {
    int firstLane = part * lanesOfAPart();
    int firstRow = part * Math.ceilDiv(work.rows(), onCores.rows());
    for (int lane = 0; lane < turn.line().length; lane++) {
      long[] own = accumulators[firstLane + lane];
      long sum = step.clears() ? 0 : own[step.target()];
      for (int i = 0; i < core.macsPerLane(); i++) {
        sum += (long) turn.line()[lane][i] * step.operands()[lane][i];
      }
      own[step.target()] = sum;
    }
    for (Turn.Result result : step.results()) {
      sums[firstRow + result.row()][result.column()][result.channel()] =
          accumulators[firstLane + result.lane()][step.target()];
    }
  }
}
