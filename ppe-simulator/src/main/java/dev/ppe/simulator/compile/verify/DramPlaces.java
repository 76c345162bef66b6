package dev.ppe.simulator.compile.verify;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.compile.AddressRange;
import dev.ppe.simulator.compile.Instruction;
import dev.ppe.simulator.compile.Layer;
import dev.ppe.simulator.compile.Mapping;
import dev.ppe.simulator.compile.Program;
import dev.ppe.simulator.compile.Work;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Addresses in DRAM: a layer's parameters are read from one place, to the last byte; what it reads
 * and writes off the chip has as many bytes as its operands and results, each once; and no two
 * layers have parameters in the same place, nor is anything written over parameters.
 */
final class DramPlaces {
  private final Mapping mapping;
  private final Faults faults;
  private final List<Place> places = new ArrayList<>();

  private DramPlaces(Mapping mapping, Faults faults) {
    this.mapping = mapping;
    this.faults = faults;
  }

  /** A range with what it holds; what is written may be written again. */
  private record Place(AddressRange range, String what, boolean written) {}

  static void verify(Mapping mapping, Program program, Faults faults) {
    DramPlaces verifier = new DramPlaces(mapping, faults);
    List<List<Instruction>> byLayer = new ArrayList<>();
    for (int i = 0; i <= mapping.layers().size(); i++) {
      byLayer.add(new ArrayList<>());
    }
    for (Instruction instruction : program.instructions()) {
      if (instruction.work() instanceof Work.DramTransfer) {
        byLayer.get(Math.floorMod(instruction.layer(), byLayer.size())).add(instruction);
      }
    }
    for (int index = 0; index < mapping.layers().size(); index++) {
      verifier.parameters(index, byLayer.get(index));
      verifier.activations(index, byLayer.get(index), false);
      verifier.activations(index, byLayer.get(index), true);
    }
    for (AddressRange range : ranges(byLayer.getLast(), Cause.HOST_LINK, true)) {
      verifier.places.add(new Place(range, "outputs", true));
    }
    verifier.disjoint();
  }

  private String name(int index) {
    return "layer \"%s\"".formatted(mapping.layers().get(index).name());
  }

  private void parameters(int index, List<Instruction> instructions) {
    List<AddressRange> ranges = ranges(instructions, Cause.PARAMETER_FETCH, false);
    faults.unless(
        ranges.size() <= 1,
        () -> "parameters of %s are read from %d places".formatted(name(index), ranges.size()));
    long expected = ranges.isEmpty() ? 0 : mapping.memory().parameterBytes().get(index);
    faults.unlessEqual(
        bytes(ranges), expected, () -> "bytes of the place of the parameters of " + name(index));
    ranges.forEach(range -> places.add(new Place(range, "parameters of " + name(index), false)));
  }

  private void activations(int index, List<Instruction> instructions, boolean write) {
    List<AddressRange> ranges = ranges(instructions, Cause.DMA, write);
    Layer layer = mapping.layers().get(index);
    long expected = 0;
    Set<Integer> seen = new HashSet<>();
    for (int tensor : write ? layer.outputs() : layer.inputs()) {
      boolean moves = mapping.memory().offChip().get(tensor) && seen.add(tensor);
      expected += moves ? mapping.graph().tensor(tensor).bytes() : 0;
    }
    faults.unlessEqual(
        bytes(ranges),
        ranges.isEmpty() ? 0 : expected,
        () -> "bytes of the places that %s %s".formatted(name(index), write ? "writes" : "reads"));
    if (write) {
      ranges.forEach(range -> places.add(new Place(range, "results of " + name(index), true)));
    }
  }

  private void disjoint() {
    places.sort(Comparator.comparingLong(place -> place.range().address()));
    for (int i = 1; i < places.size(); i++) {
      Place before = places.get(i - 1);
      Place after = places.get(i);
      faults.unless(
          before.range().end() <= after.range().address() || (before.written() && after.written()),
          () -> "%s and %s lie in the same place".formatted(before.what(), after.what()));
    }
  }

  private static long bytes(List<AddressRange> ranges) {
    return ranges.stream().mapToLong(AddressRange::bytes).sum();
  }

  /** What the transfers move: in the order of addresses, what touches joined, and none twice. */
  private static List<AddressRange> ranges(
      List<Instruction> instructions, Cause cause, boolean write) {
    List<AddressRange> all = new ArrayList<>();
    for (Instruction instruction : instructions) {
      if (instruction.cause() == cause
          && instruction.work() instanceof Work.DramTransfer transfer
          && transfer.write() == write) {
        transfer.ranges().stream().filter(range -> range.bytes() > 0).forEach(all::add);
      }
    }
    all.sort(Comparator.comparingLong(AddressRange::address));
    List<AddressRange> joined = new ArrayList<>();
    for (AddressRange range : all) {
      if (!joined.isEmpty() && range.address() <= joined.getLast().end()) {
        AddressRange last = joined.removeLast();
        long end = Math.max(last.end(), range.end());
        joined.add(new AddressRange(last.address(), end - last.address()));
      } else {
        joined.add(range);
      }
    }
    return joined;
  }
}
