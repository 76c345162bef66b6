package dev.ppe.simulator.simulate;

import dev.ppe.simulator.compile.Work;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Core;
import dev.ppe.simulator.hardware.Host;
import dev.ppe.simulator.hardware.Network;
import dev.ppe.simulator.hardware.PeMemory;
import dev.ppe.simulator.job.Job;
import dev.ppe.simulator.job.MatrixTile;
import dev.ppe.simulator.job.VectorWork;
import java.util.HashMap;
import java.util.Map;

/**
 * How long instructions take, found by doing their jobs tick by tick: words and lines through the
 * cores, rows and columns through the arrays, bytes through ports and links. Nothing of the blocks
 * and their formulas is asked; only where a job is cut into several instructions is the cut the
 * compiler's, in even parts of what was found here.
 */
final class TickedJobs {
  private static final long NANOS = 1_000_000_000;

  private final Accelerator accelerator;

  /** Jobs have several instructions, and layers of one shape the same job. */
  private final Map<Job, Long> known = new HashMap<>();

  private final Map<MatrixTile, TickedTile> tiles = new HashMap<>();

  TickedJobs(Accelerator accelerator) {
    this.accelerator = accelerator;
  }

  /** Cycles of an instruction. */
  long cycles(Work.Task work) {
    long whole = known.computeIfAbsent(work.job(), this::cycles);
    Job.Part part = work.part();
    return part(part(whole, part.step(), part.steps()), part.loop(), part.loops());
  }

  /** Whole cycles dealt out one by one, round after round. */
  private static long part(long whole, int index, int parts) {
    return whole / parts + (index < whole % parts ? 1 : 0);
  }

  private long cycles(Job job) {
    return switch (job) {
      case Job.Given given -> given.cycles();
      case Job.Delay delay -> flow(delay.toNanos(), NANOS) - flow(delay.fromNanos(), NANOS);
      case Job.HostOperator operator -> host(operator, accelerator.host());
      case Job.Take take ->
          through(take.bytes(), accelerator.network().map(Network::bytesPerCycle).orElseThrow());
      case Job.Load load -> through(load.bytes(), accelerator.peMemory().readBytesPerCycle());
      case Job.Keep keep -> through(keep.bytes(), accelerator.parameterMemory().bytesPerCycle());
      case Job.Await await -> tile(await.tile()).awaited();
      case Job.Multiply multiply -> multiply(tile(multiply.tile()), multiply);
      case Job.Compute compute -> compute(compute.share());
      case Job.Add add -> add(add);
      case Job.Yield yield -> yielded(yield);
    };
  }

  private TickedTile tile(MatrixTile tile) {
    return tiles.computeIfAbsent(
        tile,
        unknown ->
            switch (accelerator.core()) {
              case Core.Simd simd -> TickingCores.run(accelerator, simd, unknown);
              case Core.Systolic systolic -> TickingArray.run(accelerator, systolic, unknown);
            });
  }

  private long host(Job.HostOperator operator, Host host) {
    return flow(operator.nanos(), NANOS)
        + flow(operator.converted(), host.quantizedElementsPerSecond())
        + Math.max(
            flow(operator.macs(), host.macsPerSecond()),
            flow(operator.bytes(), host.bytesPerSecond()));
  }

  /** Something passes at a rate that is no whole number a cycle. */
  private long flow(long amount, long perSecond) {
    Task.Flow flow = new Task.Flow(amount, perSecond, accelerator.clockHz());
    long cycles = 0;
    for (; !flow.isDone(cycles); cycles++) {
      flow.tick();
    }
    return cycles;
  }

  private static long through(long bytes, int width) {
    Pipe pipe = new Pipe(width);
    pipe.begin(bytes);
    long cycles = 0;
    for (; !pipe.isIdle(); cycles++) {
      pipe.tick();
    }
    return cycles;
  }

  /** Results, and sums that have to wait, leave while the cores work. */
  private long multiply(TickedTile tile, Job.Multiply job) {
    return Math.max(
        loading(tile, beside(job.beside())),
        through(job.resultBytes() + tile.sumBytes(), accelerator.peMemory().writeBytesPerCycle()));
  }

  /** What is to come of a second factor takes those cycles of the port that the cores leave. */
  private static long loading(TickedTile tile, long loads) {
    long missing = loads;
    long cycles = 0;
    for (long fed = tile.read(); cycles < tile.worked() || missing > 0; cycles++) {
      if (fed > 0) {
        fed--;
      } else if (missing > 0) {
        missing--;
      }
    }
    return cycles;
  }

  /** Port cycles of all pieces, each time, but for the very first. */
  private long beside(Job.Beside beside) {
    long once = through(beside.bytes(), accelerator.peMemory().readBytesPerCycle());
    long cycles = 0;
    for (int time = 0; time < beside.times(); time++) {
      for (int piece = 0; piece < beside.pieces(); piece++) {
        cycles += time == 0 && piece == 0 ? 0 : part(once, piece, beside.pieces());
      }
    }
    return cycles;
  }

  private long compute(VectorWork share) {
    Pipe operands = new Pipe(accelerator.peMemory().readBytesPerCycle());
    Pipe results = new Pipe(accelerator.peMemory().writeBytesPerCycle());
    Pipe unit = new Pipe(accelerator.vectorUnit().elementsPerCycle());
    Pipe gathered = new Pipe(accelerator.vectorUnit().gatheredInFourCycles());
    operands.begin(share.readBytes());
    results.begin(share.writeBytes());
    unit.begin(share.operations());
    gathered.begin(4 * share.gathered()); // each takes four of the parts of a cycle
    return Pipe.together(operands, results, unit, gathered);
  }

  /** What banks have to do after the cores would be done. */
  private long yielded(Job.Yield job) {
    PeMemory memory = accelerator.peMemory();
    TickingBanks banks = new TickingBanks();
    switch (job.work()) {
      case Job.Multiply multiply -> {
        TickedTile tile = tile(multiply.tile());
        banks.cores(job.dealt().reads(), new Pipe(1), tile.read() + beside(multiply.beside()));
        banks.cores(
            job.dealt().results(),
            new Pipe(memory.writeBytesPerCycle()),
            multiply.resultBytes() + tile.sumBytes());
      }
      case Job.Compute compute -> {
        banks.cores(
            job.dealt().reads(), new Pipe(memory.readBytesPerCycle()), compute.share().readBytes());
        banks.cores(
            job.dealt().results(),
            new Pipe(memory.writeBytesPerCycle()),
            compute.share().writeBytes());
      }
    }
    banks.others(job.dealt().fills(), new Pipe(memory.writeBytesPerCycle()), job.filledBytes());
    banks.others(job.dealt().drains(), new Pipe(memory.readBytesPerCycle()), job.drainedBytes());
    return Math.max(0, banks.run() - cycles(job.work()));
  }

  private long add(Job.Add add) {
    Pipe operand = new Pipe(accelerator.peMemory().readBytesPerCycle());
    Pipe unit = new Pipe(accelerator.vectorUnit().elementsPerCycle());
    operand.begin(add.bytes());
    unit.begin(add.elements());
    return Pipe.together(operand, unit);
  }
}
