package dev.ppe.report.roofline;

import dev.ppe.report.answer.Peak;
import dev.ppe.v1.Accelerator;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Layer;
import dev.ppe.v1.Placement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Layers under the accelerator's roofs (Williams, Waterman and Patterson, CACM 2009): no layer does
 * more multiply-accumulates a second than the cores' peak, nor than its intensity, in
 * multiply-accumulates for each byte on some way, times what that way carries a second.
 *
 * <p>A layer's time is its share of the inference's critical path, so that layers add up; where
 * transfers hide behind other layers a layer may stand above the roof of their way.
 *
 * @param model what was asked for
 * @param accelerator its name
 * @param peak multiply-accumulates a second
 * @param host whether the host runs everything: the layers are its own, then, under its peak alone,
 *     since answers do not count the bytes of its memory
 * @param ways with their bytes a second, those alone that some layer takes
 * @param points layers of the accelerator with multiply-accumulates, in the network's order
 * @param whole all layers of the accelerator together; empty where there are none
 * @param others layers that have no multiply-accumulates, or run on the host beside an accelerator
 */
public record Roofline(
    String model,
    String accelerator,
    double peak,
    boolean host,
    List<Way> ways,
    List<Point> points,
    Optional<Point> whole,
    int others) {
  private static final int SEVERAL = -1;

  /** A level with what it carries at most. */
  public record Way(Level level, double bytesPerSecond) {}

  /**
   * A layer on one way.
   *
   * @param level which
   * @param bytes that it moves there
   * @param intensity multiply-accumulates a byte
   * @param roof multiply-accumulates a second at that intensity, the peak at most
   */
  public record Reach(Level level, long bytes, double intensity, double roof) {}

  /**
   * A layer.
   *
   * @param layer its place among the answer's layers: names may be there twice; -1 for several
   * @param macs multiply-accumulates
   * @param micros its time
   * @param attained multiply-accumulates a second
   * @param reaches on every way that it takes, the lowest roof first
   * @param roof the lowest of them and the peak
   */
  public record Point(
      int layer,
      String name,
      String kind,
      long macs,
      double micros,
      double attained,
      List<Reach> reaches,
      double roof) {
    public Point {
      reaches = List.copyOf(reaches);
    }

    /** The way whose roof is lowest, if it is below the peak. */
    public Optional<Level> boundBy(double peak) {
      return reaches.stream().filter(reach -> reach.roof() < peak).map(Reach::level).findFirst();
    }

    /** Attained as a share of the roof. */
    public double share() {
      return attained / roof;
    }
  }

  public Roofline {
    ways = List.copyOf(ways);
    points = List.copyOf(points);
  }

  public static Roofline of(EstimateResponse response, Accelerator accelerator) {
    double peak = Peak.macsPerSecond(accelerator);
    boolean host = Peak.isHostAlone(accelerator);
    Placement placement = host ? Placement.PLACEMENT_HOST : Placement.PLACEMENT_ACCELERATOR;
    List<Layer> layers =
        response.getLayersList().stream()
            .filter(layer -> layer.getPlacement() == placement)
            .toList();
    List<Way> ways =
        Arrays.stream(Level.values())
            .filter(level -> !host)
            .filter(level -> layers.stream().anyMatch(layer -> level.bytes(layer) > 0))
            .map(level -> new Way(level, level.bytesPerSecond(accelerator)))
            .filter(way -> way.bytesPerSecond() > 0)
            .toList();
    double microsPerCycle = Peak.microsPerCycle(response);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < response.getLayersCount(); i++) {
      Layer layer = response.getLayers(i);
      if (layer.getPlacement() == placement && layer.getMacs() > 0 && layer.getCycles() > 0) {
        points.add(
            point(i, layer.getName(), layer.getKind(), List.of(layer), ways, peak, microsPerCycle));
      }
    }
    return new Roofline(
        response.getModelName(),
        response.getAccelerator(),
        peak,
        host,
        ways,
        points,
        points.isEmpty()
            ? Optional.empty()
            : Optional.of(point(SEVERAL, "all layers", "", layers, ways, peak, microsPerCycle)),
        response.getLayersCount() - points.size());
  }

  private static Point point(
      int layer,
      String name,
      String kind,
      List<Layer> layers,
      List<Way> ways,
      double peak,
      double microsPerCycle) {
    long macs = sum(layers, Layer::getMacs);
    double micros = sum(layers, Layer::getCycles) * microsPerCycle;
    List<Reach> reaches = new ArrayList<>();
    for (Way way : ways) {
      long bytes = sum(layers, way.level()::bytes);
      if (bytes > 0) {
        double intensity = (double) macs / bytes;
        reaches.add(
            new Reach(
                way.level(), bytes, intensity, Math.min(peak, intensity * way.bytesPerSecond())));
      }
    }
    reaches.sort(Comparator.comparingDouble(Reach::roof));
    return new Point(
        layer,
        name,
        kind,
        macs,
        micros,
        macs / micros * 1e6,
        reaches,
        reaches.isEmpty() ? peak : reaches.getFirst().roof());
  }

  private static long sum(List<Layer> layers, ToLongFunction<Layer> figure) {
    return layers.stream().mapToLong(figure).sum();
  }
}
