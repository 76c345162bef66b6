package dev.ppe.report.model;

import dev.ppe.report.answer.Causes;
import dev.ppe.report.answer.Peak;
import dev.ppe.v1.Engine;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.PowerStep;
import dev.ppe.v1.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What varied over an inference, at a size that does not grow with its length: memory in use as
 * each layer begins, and in equal slices of time how busy each engine was and how much power was
 * drawn.
 *
 * @param endUs when the inference ends, in microseconds
 * @param peMemory bytes of one PE's memory with activations in it
 * @param parameterMemory bytes of the parameter memory in use, over all PEs
 * @param busy share of each slice that an engine was at work, 0 to 1
 * @param powerMw average power of each slice; empty where none is counted
 */
public record Course(
    double endUs,
    List<Level> peMemory,
    List<Level> parameterMemory,
    Map<Engine, List<Double>> busy,
    List<Double> powerMw) {
  /** Slices of time. */
  static final int SLICES = 400;

  /** So many bytes from now on. */
  public record Level(double fromUs, long bytes) {}

  public Course {
    peMemory = List.copyOf(peMemory);
    parameterMemory = List.copyOf(parameterMemory);
    busy = Collections.unmodifiableMap(new LinkedHashMap<>(busy));
    powerMw = List.copyOf(powerMw);
  }

  /** The course of an answer that has a timeline. */
  static Course of(EstimateResponse response) {
    double endUs = response.getLatencyUs();
    return new Course(
        endUs,
        levels(response, response.getTimeline().getPeMemoryBytesList(), 0),
        levels(
            response,
            response.getTimeline().getParameterMemoryBytesList(),
            response.getMemory().getParamsCachedBytes()),
        busy(response),
        power(response.getTimeline().getPowerList(), endUs));
  }

  /** Layers may begin in another order than they are listed. */
  private static List<Level> levels(EstimateResponse response, List<Long> bytes, long after) {
    double micros = Peak.microsPerCycle(response);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < Math.min(bytes.size(), response.getLayersCount()); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingLong(i -> response.getLayers(i).getStartCycle()));
    List<Level> levels = new ArrayList<>();
    if (!order.isEmpty() && response.getLayers(order.getFirst()).getStartCycle() > 0) {
      levels.add(new Level(0, after)); // as the inference before has left it
    }
    for (int i : order) {
      levels.add(new Level(response.getLayers(i).getStartCycle() * micros, bytes.get(i)));
    }
    if (!levels.isEmpty()) {
      levels.add(new Level(response.getLatencyUs(), after));
    }
    return levels;
  }

  private static Map<Engine, List<Double>> busy(EstimateResponse response) {
    double slices = SLICES / (double) Math.max(1, Causes.total(response.getTime()));
    Map<Engine, double[]> busy = new EnumMap<>(Engine.class);
    for (Span span : response.getTimeline().getSpansList()) {
      double from = span.getStartCycle() * slices;
      spread(
          busy.computeIfAbsent(span.getEngine(), engine -> new double[SLICES]),
          from,
          from + span.getCycles() * slices,
          1);
    }
    Map<Engine, List<Double>> shares = new EnumMap<>(Engine.class);
    busy.forEach((engine, slicesOfIt) -> shares.put(engine, list(slicesOfIt)));
    return shares;
  }

  private static List<Double> power(List<PowerStep> steps, double endUs) {
    if (steps.isEmpty() || endUs <= 0) {
      return List.of();
    }
    double[] power = new double[SLICES];
    for (int i = 0; i < steps.size(); i++) {
      double until = i + 1 < steps.size() ? steps.get(i + 1).getStartUs() : endUs;
      spread(
          power,
          steps.get(i).getStartUs() / endUs * SLICES,
          until / endUs * SLICES,
          steps.get(i).getPowerMw());
    }
    return list(power);
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  /**
   * Adds {@code value} to the slices between two times, in slices, by how much of each it fills.
   */
  private static void spread(double[] slices, double from, double until, double value) {
    int last = Math.min(slices.length - 1, (int) until);
    for (int i = Math.max(0, (int) from); i <= last; i++) {
      slices[i] += value * Math.max(0, Math.min(until, i + 1) - Math.max(from, i));
    }
  }
}
