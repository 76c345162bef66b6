package dev.ppe.simulator.compile;

import java.util.List;

/**
 * What an instruction has one block of the hardware do. Where nothing but the work itself decides
 * how long that takes, the compiler says so ({@link Timed}); transfers say what they move, and the
 * block that moves it finds the time when it starts.
 */
public sealed interface Work {
  /** The block. */
  Resource resource();

  /** Bytes moved; 0 for work that moves none. */
  long bytes();

  /** Work of a known length. */
  sealed interface Timed extends Work {
    /** How long it takes, in accelerator cycles. */
    long cycles();

    /** What that follows from. */
    Job job();

    /** Which part of the job it is. */
    Job.Part part();
  }

  /** The driver on the host, or an operator that stays there ({@link HostTiming}). */
  record HostTask(long cycles, Job job) implements Timed {
    public HostTask {
      requireCount("cycles", cycles);
    }

    /** So many cycles. */
    public HostTask(long cycles) {
      this(cycles, Job.GIVEN);
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
  record Exchange(long cycles, long bytes, Job job, Job.Part part) implements Timed {
    public Exchange {
      requireCount("cycles", cycles);
      requireCount("bytes", bytes);
    }

    /** So many cycles. */
    public Exchange(long cycles, long bytes) {
      this(cycles, bytes, Job.GIVEN, Job.Part.WHOLE);
    }

    @Override
    public Resource resource() {
      return Resource.NETWORK;
    }
  }

  /**
   * The cores, with vector unit and memory ports, in all PEs ({@link Tiling}).
   *
   * @param cycles how long it takes
   * @param tiles how many equal tiles are worked through, one after the other: a loop where there
   *     are several
   * @param job what the cycles follow from
   * @param part which part of it
   */
  record Compute(long cycles, long tiles, Job job, Job.Part part) implements Timed {
    public Compute {
      requireCount("cycles", cycles);
      requireCount("tiles", tiles);
    }

    /** So many cycles. */
    public Compute(long cycles) {
      this(cycles, 1, Job.GIVEN, Job.Part.WHOLE);
    }

    /** In one tile. */
    Compute(long cycles, Job job, Job.Part part) {
      this(cycles, 1, job, part);
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
