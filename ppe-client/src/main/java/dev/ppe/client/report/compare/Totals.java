package dev.ppe.client.report.compare;

import dev.ppe.report.answer.Causes;
import dev.ppe.report.answer.EnergyParts;
import dev.ppe.report.answer.Peak;
import dev.ppe.report.answer.Units;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Memory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Figures of whole inferences side by side: those that at least one of both has.
 *
 * @param name of the figure
 * @param unit that it is printed in
 * @param first in the first answer
 * @param second in the second
 */
record Totals(String name, Units unit, double first, double second) {
  static List<Totals> of(EstimateResponse first, EstimateResponse second) {
    List<Totals> totals = new ArrayList<>();
    Collector collector = new Collector(first, second, totals);
    collector.add("latency", Units.TIME, EstimateResponse::getLatencyUs);
    collector.add("first inference", Units.TIME, EstimateResponse::getFirstLatencyUs);
    Causes.cycles(first.getTime())
        .keySet()
        .forEach(
            cause ->
                collector.add(
                    "  " + Causes.name(cause),
                    Units.TIME,
                    response ->
                        Causes.cycles(response.getTime()).getOrDefault(cause, 0L)
                            * Peak.microsPerCycle(response)));
    if (EnergyParts.isCounted(first) && EnergyParts.isCounted(second)) {
      energy(collector, first);
    }
    collector.add("MACs", Units.COUNT, EstimateResponse::getMacs);
    collector.add("parameters", Units.COUNT, EstimateResponse::getParameters);
    memory()
        .forEach(
            (name, bytes) ->
                collector.add(
                    name, Units.BYTES, response -> bytes.applyAsDouble(response.getMemory())));
    return totals;
  }

  private static void energy(Collector collector, EstimateResponse first) {
    collector.add("energy", Units.ENERGY, EstimateResponse::getEnergyUj);
    EnergyParts.of(first.getEnergy())
        .keySet()
        .forEach(
            part ->
                collector.add(
                    "  " + part,
                    Units.ENERGY,
                    response -> EnergyParts.of(response.getEnergy()).getOrDefault(part, 0.0)));
    collector.add("average power", Units.POWER, EstimateResponse::getAveragePowerMw);
    collector.add("peak power", Units.POWER, response -> response.getPower().getPeakPowerMw());
  }

  private static Map<String, ToDoubleFunction<Memory>> memory() {
    Map<String, ToDoubleFunction<Memory>> memory = new LinkedHashMap<>();
    memory.put("parameters on the chip", Memory::getParamsCachedBytes);
    memory.put("parameters fetched", Memory::getParamsStreamedBytes);
    memory.put("PE memory peak", Memory::getPeMemoryPeakBytes);
    memory.put("activations off the chip", Memory::getOffChipActivationBytes);
    memory.put("instructions", Memory::getInstructionBytes);
    memory.put("input", Memory::getInputBytes);
    memory.put("output", Memory::getOutputBytes);
    return memory;
  }

  private record Collector(EstimateResponse first, EstimateResponse second, List<Totals> totals) {
    void add(String name, Units unit, ToDoubleFunction<EstimateResponse> figure) {
      double before = figure.applyAsDouble(first);
      double after = figure.applyAsDouble(second);
      if (before != 0 || after != 0) {
        totals.add(new Totals(name, unit, before, after));
      }
    }
  }
}
