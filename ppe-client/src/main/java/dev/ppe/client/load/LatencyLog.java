package dev.ppe.client.load;

import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.HdrHistogram.Recorder;

/**
 * Latencies in nanoseconds by outcome, exact to three digits, in memory that does not grow with
 * their number. May be written interval by interval as an HdrHistogram log, one tag an outcome.
 */
final class LatencyLog {
  private static final int DIGITS = 3;

  private final Map<String, Series> series = new ConcurrentHashMap<>();
  private final Optional<HistogramLogWriter> writer;

  /** What is known of one outcome. */
  private static final class Series {
    final Recorder recorder = new Recorder(DIGITS);
    final Histogram total = new Histogram(DIGITS);
  }

  LatencyLog(Optional<OutputStream> log) {
    writer = log.map(HistogramLogWriter::new);
    writer.ifPresent(
        out -> {
          long now = System.currentTimeMillis();
          out.outputLogFormatVersion();
          out.outputStartTime(now);
          out.setBaseTime(now);
          out.outputLegend();
        });
  }

  void record(String outcome, long nanos) {
    series.computeIfAbsent(outcome, name -> new Series()).recorder.recordValue(Math.max(0, nanos));
  }

  /** Ends an interval. */
  synchronized void endInterval() {
    for (Map.Entry<String, Series> entry : new TreeMap<>(series).entrySet()) {
      Histogram interval = entry.getValue().recorder.getIntervalHistogram();
      entry.getValue().total.add(interval);
      if (interval.getTotalCount() > 0) {
        interval.setTag(entry.getKey());
        writer.ifPresent(out -> out.outputIntervalHistogram(interval));
      }
    }
  }

  /** Everything until the last interval's end, by outcome. */
  synchronized Map<String, Percentiles> totals() {
    Map<String, Percentiles> totals = new TreeMap<>();
    series.forEach((outcome, s) -> totals.put(outcome, Percentiles.of(s.total)));
    return totals;
  }
}
