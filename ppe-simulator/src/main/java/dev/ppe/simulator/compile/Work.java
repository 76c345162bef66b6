package dev.ppe.simulator.compile;

import dev.ppe.simulator.job.Job;
import java.util.List;

/**
 * What an instruction has one block of the hardware do: a job or a part of one, or a transfer. It
 * says no times: the block finds them when it starts.
 */
public sealed interface Work {
  /** The block. */
  Resource resource();

  /** Bytes moved; 0 for work that moves none. */
  long bytes();

  /** Work that takes as long as its part of a job does, whenever it is done. */
  sealed interface Task extends Work {
    /** All of the job. */
    Job job();

    /** Which part of the job it is. */
    Job.Part part();
  }

  /** The driver on the host, or an operator that stays there ({@link HostOperators}). */
  record HostTask(Job.OfHost job) implements Task {
    /** So many cycles. */
    public HostTask(long cycles) {
      this(new Job.Given(cycles));
    }

    @Override
    public Job.Part part() {
      return Job.Part.WHOLE;
    }

    @Override
    public Resource resource() {
      return Resource.HOST;
    }

    @Override
    public long bytes() {
      return 0;
    }
  }

  /** PEs take operands from each other: so many bytes over all of them. */
  record Exchange(long bytes, Job.OfNetwork job, Job.Part part) implements Task {
    public Exchange {
      requireCount("bytes", bytes);
    }

    /** So many cycles. */
    public Exchange(long cycles, long bytes) {
      this(bytes, new Job.Given(cycles), Job.Part.WHOLE);
    }

    @Override
    public Resource resource() {
      return Resource.NETWORK;
    }
  }

  /**
   * The cores, with vector unit and memory ports, in all PEs.
   *
   * @param tiles how many equal tiles are worked through, one after the other: a loop where there
   *     are several
   * @param job what is to be done
   * @param part which part of it
   */
  record Compute(long tiles, Job.OfCores job, Job.Part part) implements Task {
    public Compute {
      requireCount("tiles", tiles);
    }

    /** So many cycles. */
    public Compute(long cycles) {
      this(new Job.Given(cycles), Job.Part.WHOLE);
    }

    /** In one tile. */
    Compute(Job.OfCores job, Job.Part part) {
      this(1, job, part);
    }

    @Override
    public Resource resource() {
      return Resource.ARRAY;
    }

    @Override
    public long bytes() {
      return 0;
    }
  }

  /** Bytes over the host link, in one of its directions. */
  record LinkTransfer(boolean towardsDevice, long bytes) implements Work {
    public LinkTransfer {
      requireCount("bytes", bytes);
    }

    @Override
    public Resource resource() {
      return towardsDevice ? Resource.LINK_IN : Resource.LINK_OUT;
    }
  }

  /** Ranges of the DRAM that are read, or written, one after the other. */
  record DramTransfer(List<AddressRange> ranges, boolean write) implements Work {
    public DramTransfer {
      ranges = List.copyOf(ranges);
    }

    @Override
    public Resource resource() {
      return Resource.DRAM;
    }

    @Override
    public long bytes() {
      long bytes = 0;
      for (AddressRange range : ranges) {
        bytes += range.bytes();
      }
      return bytes;
    }
  }

  private static void requireCount(String what, long count) {
    if (count < 0) {
      throw new IllegalArgumentException("%s of an instruction are %d".formatted(what, count));
    }
  }
}
