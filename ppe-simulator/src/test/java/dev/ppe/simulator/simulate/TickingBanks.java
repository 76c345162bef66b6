package dev.ppe.simulator.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Banks of one port each: in a cycle a bank serves one of the streams in it, what comes and goes
 * before the cores, as links do not wait.
 */
final class TickingBanks {
  private final Map<Integer, List<Pipe>> banks = new TreeMap<>();
  private final List<Integer> ofCores = new ArrayList<>();

  /** A stream of the cores. */
  void cores(int bank, Pipe stream, long amount) {
    stream.begin(amount);
    banks.computeIfAbsent(bank, unknown -> new ArrayList<>()).addLast(stream);
    ofCores.add(bank);
  }

  /** A stream that passes meanwhile. */
  void others(int bank, Pipe stream, long amount) {
    stream.begin(amount);
    banks.computeIfAbsent(bank, unknown -> new ArrayList<>()).addFirst(stream);
  }

  /** Cycles until the banks that the cores use have served all. */
  long run() {
    long cycles = 0;
    for (;
        ofCores.stream().anyMatch(bank -> isBusy(banks.getOrDefault(bank, List.of())));
        cycles++) {
      banks.values().forEach(TickingBanks::serve);
    }
    return cycles;
  }

  private static boolean isBusy(List<Pipe> streams) {
    return streams.stream().anyMatch(stream -> !stream.isIdle());
  }

  private static void serve(List<Pipe> streams) {
    streams.stream().filter(stream -> !stream.isIdle()).findFirst().ifPresent(Pipe::tick);
  }
}
