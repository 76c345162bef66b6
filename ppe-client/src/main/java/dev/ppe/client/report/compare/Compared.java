package dev.ppe.client.report.compare;

import dev.ppe.report.answer.Causes;
import dev.ppe.report.answer.EnergyParts;
import dev.ppe.v1.Cause;
import dev.ppe.v1.Layer;
import dev.ppe.v1.Placement;
import dev.ppe.v1.TimeBreakdown;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Two answers compared.
 *
 * @param first one answer
 * @param second the other
 * @param hardware in what the accelerators differ
 * @param layers of both, in an order that is both networks'
 * @param causes by how much each cause's time of the whole inference changed, in microseconds
 * @param outside by how much the time that belongs to no layer changed, by cause
 */
record Compared(
    Side first,
    Side second,
    Hardware hardware,
    List<ComparedLayer> layers,
    Map<Cause, Double> causes,
    Map<Cause, Double> outside) {
  /** Rounding, and nothing that a cycle is. */
  private static final double NOTHING_US = 1e-6;

  Compared {
    layers = List.copyOf(layers);
    causes = Collections.unmodifiableMap(new LinkedHashMap<>(causes)); // largest first
    outside = Collections.unmodifiableMap(new LinkedHashMap<>(outside));
  }

  static Compared of(Side first, Side second) {
    Hardware hardware = Hardware.of(first.accelerator(), second.accelerator());
    List<ComparedLayer> layers = new ArrayList<>();
    for (Alignment.Match match : Alignment.of(keys(first), keys(second))) {
      layers.add(
          layer(
              first, layer(first, match.first()), second, layer(second, match.second()), hardware));
    }
    Map<Cause, Double> all =
        changes(
            micros(first, first.response().getTime()), micros(second, second.response().getTime()));
    return new Compared(
        first, second, hardware, layers, all, changes(outsideOf(first), outsideOf(second)));
  }

  private static List<Alignment.Key> keys(Side side) {
    return side.layers().stream()
        .map(
            layer ->
                new Alignment.Key(
                    layer.getName(), layer.getKind(), side.shape(layer), layer.getMacs()))
        .toList();
  }

  private static Optional<Layer> layer(Side side, OptionalInt index) {
    return index.isPresent() ? Optional.of(side.layers().get(index.getAsInt())) : Optional.empty();
  }

  private static ComparedLayer layer(
      Side firstSide,
      Optional<Layer> first,
      Side secondSide,
      Optional<Layer> second,
      Hardware hardware) {
    boolean both = first.isPresent() && second.isPresent();
    Map<Cause, Double> causes =
        changes(micros(firstSide, time(first)), micros(secondSide, time(second)));
    return new ComparedLayer(
        first,
        second,
        first.map(layer -> firstSide.micros(layer.getCycles())).orElse(0.0),
        second.map(layer -> secondSide.micros(layer.getCycles())).orElse(0.0),
        causes,
        energyUj(firstSide, first, secondSide, second),
        both ? Reasons.of(firstSide, first.get(), secondSide, second.get(), hardware, causes) : "");
  }

  /** Of the host none is known, nor of an accelerator without prices. */
  private static OptionalDouble energyUj(
      Side firstSide, Optional<Layer> first, Side secondSide, Optional<Layer> second) {
    boolean known =
        EnergyParts.isCounted(firstSide.response())
            && EnergyParts.isCounted(secondSide.response())
            && Stream.concat(first.stream(), second.stream())
                .allMatch(layer -> layer.getPlacement() == Placement.PLACEMENT_ACCELERATOR);
    return known
        ? OptionalDouble.of(
            second.map(Layer::getEnergyUj).orElse(0.0) - first.map(Layer::getEnergyUj).orElse(0.0))
        : OptionalDouble.empty();
  }

  private static TimeBreakdown time(Optional<Layer> layer) {
    return layer.map(Layer::getTime).orElse(TimeBreakdown.getDefaultInstance());
  }

  private static Map<Cause, Double> micros(Side side, TimeBreakdown time) {
    Map<Cause, Double> micros = new LinkedHashMap<>();
    Causes.cycles(time).forEach((cause, cycles) -> micros.put(cause, side.micros(cycles)));
    return micros;
  }

  private static Map<Cause, Double> outsideOf(Side side) {
    Map<Cause, Double> micros = micros(side, side.response().getTime());
    for (Layer layer : side.layers()) {
      micros(side, layer.getTime())
          .forEach((cause, part) -> micros.merge(cause, part, (all, one) -> all - one));
    }
    return micros;
  }

  private static Map<Cause, Double> changes(Map<Cause, Double> before, Map<Cause, Double> after) {
    Map<Cause, Double> changes = new LinkedHashMap<>();
    before.keySet().stream()
        .map(
            cause ->
                Map.entry(cause, after.getOrDefault(cause, 0.0) - before.getOrDefault(cause, 0.0)))
        .filter(change -> Math.abs(change.getValue()) > NOTHING_US)
        .sorted(
            Comparator.comparingDouble(
                (Map.Entry<Cause, Double> change) -> -Math.abs(change.getValue())))
        .forEach(change -> changes.put(change.getKey(), change.getValue()));
    return changes;
  }
}
