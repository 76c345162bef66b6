package dev.ppe.simulator.simulate;

import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Core;
import dev.ppe.simulator.hardware.ParameterMemory;
import dev.ppe.simulator.job.LoopOrder;
import dev.ppe.simulator.job.MatrixTile;
import java.util.ArrayList;
import java.util.List;

/**
 * The SIMD cores of one PE, which go through a tile's loops one step after the other and count the
 * ticks until ports and lanes are done. Like {@code dev.ppe.simulator.reference.SimdCores}, but
 * without operands, so that whole networks can be run.
 */
final class TickingCores {
  private static final int SUM_BYTES = 4;

  private final Core.Simd core;
  private final MatrixTile tile;
  private final Pipe activations;
  private final Pipe lines;
  private final Pipe results;
  private final boolean twoLines;
  private long ticks;
  private long awaited;
  private long sumBytes;
  private long read;

  private TickingCores(Accelerator accelerator, Core.Simd core, MatrixTile tile) {
    ParameterMemory memory = accelerator.parameterMemory();
    this.core = core;
    this.tile = tile;
    this.activations = new Pipe(accelerator.peMemory().readBytesPerCycle());
    this.results = new Pipe(accelerator.peMemory().writeBytesPerCycle());
    this.lines =
        new Pipe(
            tile.sharedParameters() ? memory.broadcastBytesPerCycle() : memory.bytesPerCycle());
    this.twoLines = memory.overlap();
  }

  static TickedTile run(Accelerator accelerator, Core.Simd core, MatrixTile tile) {
    TickingCores cores = new TickingCores(accelerator, core, tile);
    for (long i = 0; i < tile.repeats(); i++) {
      cores.run();
    }
    long awaited = cores.cycles(cores.ticks) - cores.cycles(cores.ticks - cores.awaited);
    long worked = cores.cycles(cores.ticks - cores.awaited);
    return new TickedTile(
        awaited,
        Math.max(core.pipelineDepth() - awaited, worked),
        cores.sumBytes,
        cores.cycles(cores.read));
  }

  /** In a pointwise layer words come in sequence, so many in four cycles. */
  private long cycles(long ticks) {
    boolean inSequence =
        tile.kernelRows() * tile.kernelColumns() == 1 && tile.stride() == 1 && tile.groups() == 1;
    return inSequence ? Math.ceilDiv(4 * ticks, core.wordsInFourCycles()) : ticks;
  }

  /** Channels on the lanes: {@code groups} with {@code outputs} in all. */
  private record OnLanes(int groups, int outputs) {}

  private void run() {
    List<OnLanes> passes = passes();
    for (int i = 0; i < passes.size(); i++) {
      pass(passes.get(i), lineBytes(passes.get((i + 1) % passes.size())));
    }
  }

  /** Channels are put on the lanes one after the other; a group wider than they are is cut. */
  private List<OnLanes> passes() {
    int lanes = core.perPe() * core.lanes() / tile.onCores().rows();
    List<OnLanes> passes = new ArrayList<>();
    int groups = 0;
    int used = 0;
    for (long group = 0; group < tile.groups(); group++) {
      if (used > 0 && used + tile.outputs() > lanes) {
        passes.add(new OnLanes(groups, used));
        groups = 0;
        used = 0;
      }
      long missing = tile.outputs();
      while (missing > lanes) {
        passes.add(new OnLanes(1, lanes));
        missing -= lanes;
      }
      groups++;
      used += Math.toIntExact(missing);
      if (tile.outputs() > lanes) {
        passes.add(new OnLanes(1, used));
        groups = 0;
        used = 0;
      }
    }
    if (used > 0) {
      passes.add(new OnLanes(groups, used));
    }
    return passes;
  }

  /** Lanes are stored in quarters, so that a line has whole ones. */
  private long lineBytes(OnLanes pass) {
    int quarter = Math.max(1, core.perPe() * core.lanes() / 4);
    int stored = 0;
    while (stored < pass.outputs()) {
      stored += quarter;
    }
    return (long) stored * core.macsPerLane() * tile.weightBytes();
  }

  private void pass(OnLanes pass, long nextPass) {
    long rows = Math.ceilDiv(tile.rows(), tile.onCores().rows());
    boolean dense = core.slidingWindow() && tile.inputs() == 1 && tile.groups() > 1;
    boolean skips = tile.stride() > 1 || tile.dilated();
    if (dense && !skips) {
      slide(pass, nextPass, rows);
      return;
    }
    int between = dense ? tile.stride() : 1; // what lies between outputs is visited too
    long positions = ((rows - 1) * between + 1) * ((tile.columns() - 1) * between + 1);
    long taps = 0;
    for (long element = 0; element < tile.kernelRows() * tile.kernelColumns(); element++) {
      for (long input = 0; input < tile.inputs(); input += core.macsPerLane()) {
        taps++;
      }
    }
    boolean once = tile.onCores().order() == LoopOrder.WEIGHTS_OUTER;
    long together = once ? positions : core.accumulators();
    for (long start = 0; start < positions; start += together) {
      long end = Math.min(positions, start + together);
      for (long tap = 0; tap < taps; tap++) {
        boolean last = end == positions && tap == taps - 1;
        beginTurn(pass, last ? nextPass : lineBytes(pass));
        for (long position = start; position < end; position++) {
          step(pass, once && tap > 0, once && tap < taps - 1);
        }
        endTurn();
      }
    }
  }

  /** Position by position; what of a window is not in the registers yet comes from memory. */
  private void slide(OnLanes pass, long nextPass, long rows) {
    long segments = Math.ceilDiv(tile.kernelColumns(), (long) core.macsPerLane());
    long taps = tile.kernelRows() * segments;
    for (long row = 0; row < rows; row++) {
      for (long column = 0; column < tile.columns(); column++) {
        long missing = taps; // one at an end of each word
        if (row == 0 && column == 0) {
          missing = tile.kernelRows() * tile.kernelColumns();
        } else if (column == 0) {
          missing = tile.kernelColumns();
        }
        for (long tap = 0; tap < taps; tap++) {
          boolean last = row == rows - 1 && column == tile.columns() - 1 && tap == taps - 1;
          if (!twoLines) {
            await(lineBytes(pass));
          }
          for (; tap == 0 && missing > taps; missing--) {
            bring(word(pass));
          }
          if (twoLines) {
            lines.begin(last ? nextPass : lineBytes(pass));
          }
          step(pass, false, false);
          endTurn();
        }
      }
    }
  }

  private void beginTurn(OnLanes pass, long next) {
    if (twoLines) {
      lines.begin(next); // its own is there
    } else {
      await(lineBytes(pass));
    }
  }

  private void await(long line) {
    long since = ticks;
    lines.begin(line);
    while (!lines.isIdle()) {
      tick();
    }
    awaited += ticks - since;
  }

  private void endTurn() {
    while (!lines.isIdle()) {
      tick();
    }
  }

  /** A word for each group, and in each part of the rows. */
  private long word(OnLanes pass) {
    return Math.min(tile.inputs(), core.macsPerLane())
        * tile.elementBytes()
        * pass.groups()
        * tile.onCores().rows();
  }

  private void bring(long bytes) {
    activations.begin(bytes);
    while (!activations.isIdle()) {
      tick();
    }
  }

  private void step(OnLanes pass, boolean back, boolean away) {
    long sums = (long) SUM_BYTES * pass.outputs() * tile.onCores().rows();
    activations.begin(word(pass) + (back ? sums : 0));
    results.begin(away ? sums : 0);
    sumBytes += away ? sums : 0;
    long begun = ticks;
    while (!activations.isIdle() || !results.isIdle() || ticks < begun + tile.macCycles()) {
      tick();
    }
  }

  private void tick() {
    read += activations.isIdle() ? 0 : 1;
    activations.tick();
    results.tick();
    lines.tick();
    ticks++;
  }
}
