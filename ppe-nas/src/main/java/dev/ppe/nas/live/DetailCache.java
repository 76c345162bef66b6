package dev.ppe.nas.live;

import dev.ppe.nas.report.Detail;
import dev.ppe.nas.report.Details;
import dev.ppe.nas.space.Point;
import dev.ppe.nas.study.Study;
import dev.ppe.nas.study.Trial;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Keeps what was opened last: people go back and forth. */
final class DetailCache {
  private static final int MOST = 64;

  private final Details details;
  private final Map<Object, Detail> kept =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Object, Detail> eldest) {
              return size() > MOST;
            }
          });

  DetailCache(Details details) {
    this.details = details;
  }

  /** A trial's point is of one study's space, so that another study's is never found. */
  private record TrialKey(Point point, long number) {}

  private record ModelKey(Object space, String name) {}

  Detail ofTrial(Study study, Trial trial) {
    return get(new TrialKey(trial.point(), trial.number()), () -> details.ofTrial(study, trial));
  }

  Detail ofModel(Study study, String name) {
    return get(new ModelKey(study.space().space(), name), () -> details.ofModel(study, name, 0));
  }

  private Detail get(Object key, Supplier<Detail> compute) {
    return Optional.ofNullable(kept.get(key))
        .orElseGet(
            () -> {
              Detail detail = compute.get();
              kept.put(key, detail);
              return detail;
            });
  }
}
