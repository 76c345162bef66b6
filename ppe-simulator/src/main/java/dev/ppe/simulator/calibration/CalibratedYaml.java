package dev.ppe.simulator.calibration;

import dev.ppe.simulator.calibration.Calibration.Fitted;
import dev.ppe.simulator.calibration.Calibration.Kept;
import dev.ppe.simulator.calibration.Calibration.Row;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorDocument;
import dev.ppe.simulator.validation.statistics.Agreement;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The file of a calibrated accelerator: the one that it was, with the fitted constants in their
 * places, and above it what they were fitted to and how well it went. What was said of the one that
 * it was does not hold of it: it has a name and a description of its own, and was validated with
 * nothing.
 */
public final class CalibratedYaml {
  private static final String VALIDATED = "validated";
  private static final String SUFFIX = "-calibrated";
  private static final int MOST_ROWS = 100;
  private static final int LONGEST_NAME = 60;

  private CalibratedYaml() {}

  /** What the accelerator is called: the name it had, with an ending. */
  public static String name(Calibration calibration) {
    String name = calibration.before().accelerator().name();
    return name.endsWith(SUFFIX) ? name : name + SUFFIX;
  }

  /**
   * The text.
   *
   * @param calibrations one after the other, each of the accelerator that the one before it gave;
   *     at least one
   * @param measurements the file of measurements, as the comments call it
   */
  public static String of(List<Calibration> calibrations, String measurements) {
    AcceleratorDocument document = calibrations.getFirst().before();
    StringBuilder comments = new StringBuilder();
    for (Calibration calibration : calibrations) {
      document = calibration.quantity().writtenOut(document);
      for (Fitted fitted : calibration.fitted()) {
        document =
            document.with(
                fitted.parameter().path(),
                fitted.after(),
                "fitted, +- %d; was %d".formatted(Math.round(fitted.error()), fitted.before()));
      }
      comment(comments, calibration, measurements);
    }
    String text = comments + own(document, calibrations.getFirst(), measurements).yaml();
    requireSame(text, calibrations.getLast(), own(calibrations, measurements));
    return text;
  }

  /** What the last one fitted, under its own name. */
  private static AcceleratorDocument own(List<Calibration> calibrations, String measurements) {
    return own(calibrations.getLast().after(), calibrations.getFirst(), measurements);
  }

  private static AcceleratorDocument own(
      AcceleratorDocument document, Calibration calibration, String measurements) {
    return document
        .withName(name(calibration))
        .withDescription(description(calibration, measurements))
        .withoutBlock(VALIDATED);
  }

  private static String description(Calibration calibration, String measurements) {
    return "%s with constants fitted to %s"
        .formatted(printable(calibration.before().accelerator().name()), printable(measurements));
  }

  /** The file must say what was fitted, whatever form the one before had. */
  private static void requireSame(String text, Calibration calibration, AcceleratorDocument meant) {
    Accelerator written =
        new AcceleratorDocument(calibration.before().source(), text).accelerator();
    if (!written.equals(meant.accelerator()) || written.validated().isPresent()) {
      throw new CalibrationException(
          calibration.before().source()
              + " is written in a way that its constants cannot be replaced in; ppe accelerators"
              + " NAME writes one that will do");
    }
  }

  private static void comment(StringBuilder text, Calibration calibration, String measurements) {
    line(
        text,
        "Calibrated: %d of the constants of %s, fitted to %d measured %s (%s)."
            .formatted(
                calibration.fitted().size(),
                printable(calibration.before().accelerator().name()),
                calibration.rows().size(),
                calibration.quantity() == Quantity.LATENCY ? "latencies" : "energies",
                printable(measurements)));
    line(text, "Mean error " + errors(calibration) + ".");
    int outliers = calibration.outliers().size();
    if (outliers > 0) {
      line(
          text,
          "Without %s: mean error %s."
              .formatted(
                  outliers == 1 ? "the outlier" : "the %d outliers".formatted(outliers),
                  errors(calibration.withoutOutliers())));
    }
    for (Kept kept : calibration.kept()) {
      line(text, "Not fitted: %s (%s).".formatted(kept.parameter().path(), kept.reason()));
    }
    line(text, "Residuals, (predicted - measured) / measured:");
    calibration.rows().stream().limit(MOST_ROWS).forEach(row -> line(text, residual(row)));
    if (calibration.rows().size() > MOST_ROWS) {
      line(text, "  and %d more".formatted(calibration.rows().size() - MOST_ROWS));
    }
  }

  private static String errors(Calibration calibration) {
    return "%s; with the constants before %s; of each row left out %s"
        .formatted(
            percent(calibration.agreementAfter()),
            percent(calibration.agreementBefore()),
            percent(calibration.agreementLeftOut()));
  }

  private static String residual(Row row) {
    return String.format(
        Locale.ROOT,
        "  line %d, %s: %+.1f %% of %s %s%s",
        row.measurement().line(),
        printable(row.measurement().model()),
        row.error() * 100,
        row.measurement().value(),
        row.measurement().quantity().unit(),
        row.outlier() ? ", an outlier" : "");
  }

  private static void line(StringBuilder text, String line) {
    text.append("# ").append(line).append('\n');
  }

  private static String percent(Agreement agreement) {
    return String.format(Locale.ROOT, "%.1f %%", agreement.meanError().orElseThrow() * 100);
  }

  private static String printable(String text) {
    String name =
        text.codePoints()
            .limit(LONGEST_NAME)
            .map(c -> isPrintable(c) ? c : '?')
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    return text.codePointCount(0, text.length()) > LONGEST_NAME ? name + "..." : name;
  }

  /** Separators of lines and paragraphs end a comment too. */
  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
