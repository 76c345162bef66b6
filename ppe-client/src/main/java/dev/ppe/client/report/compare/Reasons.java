package dev.ppe.client.report.compare;

import dev.ppe.report.answer.Names;
import dev.ppe.v1.Cause;
import dev.ppe.v1.Layer;
import dev.ppe.v1.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What of a layer is another than before: what there is to do, where it is done, and how. */
final class Reasons {
  private static final double NOTABLE = 0.01;
  private static final double NOTABLE_USE = 0.02;
  private static final int LONGEST = 40;
  private static final int MOST_HARDWARE = 3;

  private final Side firstSide;
  private final Side secondSide;
  private final Layer first;
  private final Layer second;
  private final Hardware hardware;
  private final Map<Cause, Double> causes;
  private final List<String> reasons = new ArrayList<>();

  private Reasons(
      Side firstSide,
      Layer first,
      Side secondSide,
      Layer second,
      Hardware hardware,
      Map<Cause, Double> causes) {
    this.firstSide = firstSide;
    this.secondSide = secondSide;
    this.first = first;
    this.second = second;
    this.hardware = hardware;
    this.causes = causes;
  }

  /**
   * In words, with semicolons between; empty where nothing changed.
   *
   * @param hardware in what the accelerators differ
   * @param causes of the change of time, the largest first
   */
  static String of(
      Side firstSide,
      Layer first,
      Side secondSide,
      Layer second,
      Hardware hardware,
      Map<Cause, Double> causes) {
    return String.join(
        "; ", new Reasons(firstSide, first, secondSide, second, hardware, causes).all());
  }

  private List<String> all() {
    placement();
    work();
    if (!parameters()) {
      times("DRAM bytes", first.getDramBytes(), second.getDramBytes());
      times("host link bytes", first.getHostLinkBytes(), second.getHostLinkBytes());
    }
    how();
    hardware();
    return reasons;
  }

  /** What of the hardware bears on the cause that changed most. */
  private void hardware() {
    causes.keySet().stream()
        .limit(1)
        .flatMap(cause -> hardware.behind(cause).stream())
        .limit(MOST_HARDWARE)
        .forEach(difference -> reasons.add(difference.toString()));
  }

  private void placement() {
    if (first.getPlacement() != second.getPlacement()) {
      reasons.add(
          isOnHost(second)
              ? "on the host: " + Names.shorten(second.getPlacementReason(), LONGEST)
              : "on the accelerator, was on the host");
    }
  }

  private void work() {
    if (!first.getKind().equals(second.getKind())) {
      reasons.add(
          "%s, was %s"
              .formatted(
                  Names.shorten(second.getKind(), LONGEST),
                  Names.shorten(first.getKind(), LONGEST)));
    }
    String before = firstSide.shape(first);
    String after = secondSide.shape(second);
    if (!before.isEmpty() && !after.isEmpty() && !before.equals(after)) {
      reasons.add("%s, was %s".formatted(after, before));
    }
    times("MACs", first.getMacs(), second.getMacs());
  }

  /** Whether they moved, which says of other bytes what there is to say. */
  private boolean parameters() {
    times("parameter bytes", first.getParameterBytes(), second.getParameterBytes());
    boolean moved =
        first.getParameterBytes() > 0
            && second.getParameterBytes() > 0
            && first.getParametersCached() != second.getParametersCached();
    if (moved) {
      reasons.add(
          second.getParametersCached()
              ? "parameters stay on the chip now"
              : "parameters do not stay on the chip any more");
    }
    return moved;
  }

  private void how() {
    if (isOnHost(first) || isOnHost(second)) {
      return;
    }
    if (!first.getTiling().equals(second.getTiling())) {
      reasons.add("cut %s, was %s".formatted(second.getTiling(), first.getTiling()));
    }
    if (Math.abs(second.getUtilization() - first.getUtilization()) >= NOTABLE_USE) {
      reasons.add(
          String.format(
              Locale.ROOT,
              "use %.0f %%, was %.0f %%",
              100 * second.getUtilization(),
              100 * first.getUtilization()));
    }
  }

  private void times(String what, long before, long after) {
    if (before == 0 || after == 0) {
      if (before != after) {
        reasons.add(
            after == 0 ? "no %s any more".formatted(what) : "%s, none before".formatted(what));
      }
      return;
    }
    double ratio = (double) after / before;
    if (Math.abs(ratio - 1) >= NOTABLE) {
      reasons.add(
          String.format(Locale.ROOT, ratio < 10 ? "%.2f x the %s" : "%.0f x the %s", ratio, what));
    }
  }

  private static boolean isOnHost(Layer layer) {
    return layer.getPlacement() == Placement.PLACEMENT_HOST;
  }
}
