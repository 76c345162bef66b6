package dev.ppe.simulator.job;

/**
 * What an instruction has a block do, in elements and bytes, as the program of a real machine would
 * say it. The blocks find by formulas how long it takes; whoever does the job word by word has to
 * come to the same.
 */
public sealed interface Job {
  /** For the host's processor. */
  sealed interface OfHost extends Job {}

  /** For the links between PEs. */
  sealed interface OfNetwork extends Job {}

  /** For the PEs: cores, vector unit and memories. */
  sealed interface OfCores extends Job {}

  /** What cores or vector unit compute, while operands come and results leave. */
  sealed interface Computing extends OfCores {}

  /** Nothing but a number of cycles is known, of any of them. */
  record Given(long cycles) implements OfHost, OfNetwork, OfCores {
    public Given {
      if (cycles < 0) {
        throw new IllegalArgumentException("cycles of an instruction are " + cycles);
      }
    }
  }

  /**
   * A fixed cost, a part of several that follow each other. Each ends at a clock edge, so where
   * parts begin and end is what counts: together they take as many cycles as the whole.
   *
   * @param fromNanos since the first of them began
   * @param toNanos the same, at its end
   */
  record Delay(long fromNanos, long toNanos) implements OfHost, OfCores {
    /** No time. */
    public static final Delay NONE = new Delay(0);

    /** All of it. */
    public Delay(long nanos) {
      this(0, nanos);
    }
  }

  /**
   * An operator on the host: it is started, what must be is converted, then it works.
   *
   * @param nanos to start it
   * @param converted elements that go between floats and 8 bits
   * @param macs multiply-accumulates
   * @param bytes operands and results, each as often as it is read or written
   */
  record HostOperator(long nanos, long converted, long macs, long bytes) implements OfHost {}

  /** The busiest PE takes so many bytes from others. */
  record Take(long bytes) implements OfNetwork {}

  /** So many bytes of a second factor pass the busiest PE's activation port, nothing else. */
  record Load(long bytes) implements OfCores {}

  /** The busiest PE moves so many bytes between its memory and the parameter memory. */
  record Keep(long bytes) implements OfCores {}

  /** What of a tile's lines of weights the cores stand still for. */
  record Await(MatrixTile tile) implements OfCores {}

  /**
   * The cores multiply and accumulate once that is left out, while results leave, and what is still
   * to come of a second factor passes the activation port when they do not use it.
   *
   * @param resultBytes of the tile
   * @param beside of the second factor
   */
  record Multiply(MatrixTile tile, long resultBytes, Beside beside) implements Computing {}

  /**
   * A second factor that passes the busiest PE's activation port in pieces, so many times over. The
   * first piece was a {@link Load} of its own.
   *
   * @param bytes that pass each time
   * @param pieces in which they do, cycles shared evenly
   * @param times how often
   */
  record Beside(long bytes, int pieces, int times) {
    /** No second factor. */
    public static final Beside NOTHING = new Beside(0, 1, 1);
  }

  /** The vector unit computes the busiest PE's share, while operands come and results leave. */
  record Compute(VectorWork share) implements Computing {}

  /**
   * The cores stand still until the banks of PE memory that they use have served the other streams
   * in them too.
   *
   * @param work of the cores
   * @param dealt which stream is in which bank
   * @param filledBytes that come while the cores work
   * @param drainedBytes that go meanwhile
   */
  record Yield(Computing work, Dealt dealt, long filledBytes, long drainedBytes)
      implements OfCores {}

  /**
   * The bank of each stream that passes PE memory, from 0 on.
   *
   * @param reads the cores read operands
   * @param results the cores write results
   * @param fills the next block's operands come in
   * @param drains the last block's results go out
   */
  record Dealt(int reads, int results, int fills, int drains) {}

  /** An operand comes and is added on the way out. */
  record Add(long bytes, long elements) implements OfCores {}

  /**
   * Which part of a job an instruction is. Steps share the job's cycles evenly, the longer ones
   * first, and loops those of their step.
   *
   * @param step which of {@code steps}, from 0 on
   * @param steps of the job
   * @param loop which of {@code loops}
   * @param loops of the step
   */
  record Part(int step, int steps, int loop, int loops) {
    /** All of it. */
    public static final Part WHOLE = new Part(0, 1, 0, 1);

    /** A loop of a step. */
    public static Part of(int step, int steps, int loop, int loops) {
      return steps == 1 && loops == 1 ? WHOLE : new Part(step, steps, loop, loops);
    }

    /** A step. */
    public static Part of(int step, int steps) {
      return of(step, steps, 0, 1);
    }

    /** What this part has of so much in all: cycles, or bytes. */
    public long share(long whole) {
      return even(even(whole, step, steps), loop, loops);
    }

    /** Part {@code index} of {@code whole} cut into {@code parts} that add up to it. */
    public static long even(long whole, int index, int parts) {
      return whole / parts + (index < whole % parts ? 1 : 0);
    }
  }
}
