package dev.ppe.simulator.simulate;

import dev.ppe.simulator.compile.AddressRange;
import dev.ppe.simulator.compile.Work;
import dev.ppe.simulator.dram.TickingDram;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Dram;
import dev.ppe.simulator.hardware.HostLink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a block of the {@link TickingMachine} is doing, cycle by cycle. */
interface Task {
  /** Begins cycle {@code now}, and says whether all was done before it. */
  boolean isDone(long now);

  /** A cycle passes. */
  void tick();

  static Task of(Work work, Accelerator accelerator, TickedJobs jobs, Optional<TickingDram> dram) {
    long clockHz = accelerator.clockHz();
    return switch (work) {
      case Work.Task task -> new Flow(jobs.cycles(task), clockHz, clockHz);
      case Work.LinkTransfer transfer -> {
        HostLink link = accelerator.hostLink().orElseThrow();
        long rate =
            transfer.towardsDevice()
                ? link.toDeviceBytesPerSecond()
                : link.fromDeviceBytesPerSecond();
        yield new Transfer(
            link.latencyNs(), clockHz, List.of(new Flow(transfer.bytes(), rate, clockHz)));
      }
      case Work.DramTransfer transfer -> {
        Dram memory = accelerator.dram().orElseThrow();
        List<Task> sides = new ArrayList<>();
        sides.add(new Flow(transfer.bytes(), memory.bytesPerSecond(), clockHz)); // the port
        dram.ifPresent(bursts -> sides.add(new Bursts(bursts, transfer)));
        yield new Transfer(memory.latencyNs(), clockHz, sides);
      }
    };
  }

  /** Something passes at a steady rate: so much by each cycle as is whole by then. */
  final class Flow implements Task {
    private final long perSecond;
    private final long clockHz;
    private long missing;
    private long fraction;

    Flow(long amount, long perSecond, long clockHz) {
      this.missing = amount;
      this.perSecond = perSecond;
      this.clockHz = clockHz;
    }

    @Override
    public boolean isDone(long now) {
      return missing <= 0;
    }

    @Override
    public void tick() {
      fraction += perSecond;
      missing -= fraction / clockHz;
      fraction %= clockHz;
    }
  }

  /** Nanoseconds pass, and then bytes on all sides. */
  final class Transfer implements Task {
    private final Task latency;
    private final List<Task> sides;
    private boolean begun;

    Transfer(long latencyNs, long clockHz, List<Task> sides) {
      this.latency = new Flow(latencyNs, 1_000_000_000, clockHz);
      this.sides = List.copyOf(sides);
    }

    @Override
    public boolean isDone(long now) {
      begun = latency.isDone(now);
      boolean done = begun;
      if (begun) {
        for (Task side : sides) {
          done &= side.isDone(now); // ask all of them: each begins its cycle
        }
      }
      return done;
    }

    @Override
    public void tick() {
      if (begun) {
        sides.forEach(Task::tick);
      } else {
        latency.tick();
      }
    }
  }

  /** The DRAM is asked for the ranges, and moves them by itself. */
  final class Bursts implements Task {
    private final TickingDram dram;
    private final Work.DramTransfer transfer;
    private final List<Integer> accesses = new ArrayList<>();
    private boolean asked;

    Bursts(TickingDram dram, Work.DramTransfer transfer) {
      this.dram = dram;
      this.transfer = transfer;
    }

    @Override
    public boolean isDone(long now) {
      if (!asked) {
        asked = true;
        for (AddressRange range : transfer.ranges()) {
          if (range.bytes() > 0) {
            accesses.add(dram.ask(now, range.address(), range.bytes(), transfer.write()));
          }
        }
      }
      for (int access : accesses) { // in every cycle
        if (!dram.hasEnded(access, now)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public void tick() {} // the machine ticks the DRAM
  }
}
