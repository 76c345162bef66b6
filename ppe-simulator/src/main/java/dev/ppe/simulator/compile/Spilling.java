package dev.ppe.simulator.compile;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.compile.MemoryPlan.Spill;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Decides what does not stay in PE memory: step by step, the largest where the living do not fit.
 * What streams takes room as well, so a smaller one may have to follow a larger one, and may be all
 * that had to leave: then the larger comes back. Until that step it had room anyway.
 */
final class Spilling {
  private final Lifetimes lifetimes;
  private final Residence residence;
  private final Streams streams;
  private final InPlace inPlace;
  private final List<Optional<Spill>> spills;
  private final PriorityQueue<Integer> living;
  private final int[] operands; // how often the step at hand reads or writes each tensor
  private long used;

  private Spilling(Lifetimes lifetimes, Residence residence, Streams streams, InPlace inPlace) {
    this.lifetimes = lifetimes;
    this.residence = residence;
    this.streams = streams;
    this.inPlace = inPlace;
    this.spills = new ArrayList<>(Collections.nCopies(lifetimes.tensors(), Optional.empty()));
    this.living =
        new PriorityQueue<>(
            Comparator.<Integer>comparingLong(residence::placeBytes)
                .reversed()
                .thenComparing(tensor -> tensor));
    this.operands = new int[lifetimes.tensors()];
  }

  /** For each root why it leaves, that the living fit {@code capacity} at each step. */
  static List<Optional<Spill>> within(
      long capacity,
      Lifetimes lifetimes,
      Residence residence,
      Streams streams,
      InPlace inPlace,
      Interruption interruption) {
    Spilling spilling = new Spilling(lifetimes, residence, streams, inPlace);
    List<List<Integer>> beginning = lifetimes.beginning(interruption);
    List<List<Integer>> ending = lifetimes.ending(interruption);
    for (int step = 0; step < beginning.size(); step++) {
      interruption.check();
      spilling.step(step, beginning.get(step), capacity);
      for (int tensor : ending.get(step)) {
        spilling.used -= spilling.spills.get(tensor).isPresent() ? 0 : residence.placeBytes(tensor);
      }
    }
    return spilling.spills;
  }

  private void step(int step, List<Integer> beginning, long capacity) {
    List<Integer> left = new ArrayList<>();
    for (int tensor : beginning) {
      living.add(tensor);
      used += residence.placeBytes(tensor);
    }
    List<Integer> atHand = streams.operands(step);
    atHand.forEach(tensor -> operands[lifetimes.root(tensor)]++);
    long passing = streams.bytes(step, spills);
    long needed = used + passing - inPlace.sharedBytes(step, spills);
    while (needed > capacity && !living.isEmpty()) {
      int largest = living.remove();
      if (lifetimes.last(largest) >= step) { // the dead leave lazily; their bytes already have
        spills.set(largest, Optional.of(new Spill(step, needed, capacity)));
        left.add(largest);
        used -= residence.placeBytes(largest);
        passing += passing(largest, step);
        needed = used + passing - inPlace.sharedBytes(step, spills);
      }
    }
    for (int index = 0; index < left.size() - 1; index++) { // the last had to
      int larger = left.get(index);
      Optional<Spill> why = spills.set(larger, Optional.empty());
      long bytes = residence.placeBytes(larger) - passing(larger, step);
      if (used + passing + bytes - inPlace.sharedBytes(step, spills) <= capacity) {
        used += residence.placeBytes(larger);
        passing -= passing(larger, step);
        living.add(larger);
      } else {
        spills.set(larger, why);
      }
    }
    atHand.forEach(tensor -> operands[lifetimes.root(tensor)] = 0);
  }

  /** What a tensor takes more at the step at hand beside the living, if it streams. */
  private long passing(int tensor, int step) {
    return operands[tensor] * streams.streamBytes(step, tensor) - streams.landing(tensor, step);
  }
}
