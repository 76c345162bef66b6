package dev.ppe.simulator.dram;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One long read, and many short accesses. The target for 138 MB is under 1 ms.
 *
 * <pre>
 * ./build -pl ppe-simulator test-compile exec:exec -Djmh="-f 1 -wi 3 -w 1 -i 3 -r 1 DramBenchmark"
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DramBenchmark {
  private static final long ACCELERATOR_HZ = 1_066_000_000;

  @Param({"lpddr4-4266", "lpddr5-6400"})
  public String part = "";

  private DramTiming timing;

  @Setup
  public void prepare() {
    timing = DramParts.get(part);
  }

  @Benchmark
  public long read138Megabytes() {
    return new Dram(timing, ACCELERATOR_HZ).access(0, 100, 138_000_000, false);
  }

  /** 1000 tiles of 16 KiB, as a network's parameters and activations arrive. */
  @Benchmark
  public long readThousandTiles() {
    Dram dram = new Dram(timing, ACCELERATOR_HZ);
    long now = 0;
    for (int tile = 0; tile < 1000; tile++) {
      now = dram.access(now, tile * 20_000L, 16_384, tile % 4 == 3);
    }
    return now;
  }

  @Benchmark
  public long readThousandBursts() {
    Dram dram = new Dram(timing, ACCELERATOR_HZ);
    long now = 0;
    for (int burst = 0; burst < 1000; burst++) {
      now = dram.access(now, burst * 77_777L, 32, false);
    }
    return now;
  }
}
