package dev.ppe.report.answer;

import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Layer;
import dev.ppe.v1.Memory;
import dev.ppe.v1.TimeBreakdown;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What stands out in an answer, in a sentence: of the reasons below the one that the largest share
 * of the time goes to. Each states figures of the answer and nothing that the answer does not hold.
 */
public final class Advice {
  private static final double LEAST_SHARE = 0.10;
  private static final double NEGLIGIBLE = 0.01;

  /** A reason, and the share of the time it explains. */
  private record Finding(double share, String text) {}

  private final EstimateResponse response;
  private final TimeBreakdown time;
  private final Memory memory;
  private final long total;

  private Advice(EstimateResponse response) {
    this.response = response;
    this.time = response.getTime();
    this.memory = response.getMemory();
    this.total = Causes.total(time);
  }

  /** The sentence; none where nothing stands out. */
  public static Optional<String> of(EstimateResponse response) {
    Advice advice = new Advice(response);
    if (advice.total == 0) {
      return Optional.empty();
    }
    List<Finding> findings = new ArrayList<>();
    advice.host().ifPresent(findings::add);
    advice.streamedParameters().ifPresent(findings::add);
    advice.activationsOffChip().ifPresent(findings::add);
    advice.overhead().ifPresent(findings::add);
    advice.depthwise().ifPresent(findings::add);
    advice.arithmetic().ifPresent(findings::add);
    return findings.stream()
        .filter(finding -> finding.share() >= LEAST_SHARE)
        .max(Comparator.comparingDouble(Finding::share))
        .map(Finding::text);
  }

  private Optional<Finding> host() {
    if (response.getHostOperators() == 0) {
      return Optional.empty();
    }
    double share = share(time.getHostCycles());
    return Optional.of(
        new Finding(
            share, "%s of the time goes to operators on the host".formatted(Units.percent(share))));
  }

  private Optional<Finding> streamedParameters() {
    long streamed = memory.getParamsStreamedBytes();
    if (streamed == 0) {
      return Optional.empty();
    }
    double share = share(Streaming.cycles(response));
    String reason =
        memory.getParamsCachedBytes() == 0 ? "are not kept on the chip" : "do not fit on the chip";
    return Optional.of(
        new Finding(
            share,
            "%s of parameters %s and come from %s in every inference: %s of the time waits for them"
                .formatted(
                    Units.BYTES.format(streamed),
                    reason,
                    Streaming.source(response),
                    Units.percent(share))));
  }

  private Optional<Finding> activationsOffChip() {
    if (memory.getOffChipActivationBytes() == 0) {
      return Optional.empty();
    }
    double share = share(time.getDmaCycles());
    return Optional.of(
        new Finding(
            share,
            "activations do not fit in PE memory: %s go out and back in every inference, %s of the time"
                .formatted(
                    Units.BYTES.format(memory.getOffChipActivationBytes()), Units.percent(share))));
  }

  private Optional<Finding> overhead() {
    double start = share(Causes.fixed(time));
    double link = share(time.getHostLinkCycles());
    String text =
        link < NEGLIGIBLE
            ? "starting the inference takes %s of the time, whatever the layers do"
                .formatted(Units.percent(start))
            : ("%s of the time goes to the host link (%s of instructions, %s in, %s out) and %s to"
                    + " starting the inference, whatever the layers do")
                .formatted(
                    Units.percent(link),
                    Units.BYTES.format(memory.getInstructionBytes()),
                    Units.BYTES.format(memory.getInputBytes()),
                    Units.BYTES.format(memory.getOutputBytes()),
                    Units.percent(start));
    return Optional.of(new Finding(start + link, text));
  }

  private Optional<Finding> depthwise() {
    long macs = response.getMacs();
    double share = share(sumOfDepthwise(Layer::getCycles));
    double shareOfMacs = macs == 0 ? 0 : (double) sumOfDepthwise(Layer::getMacs) / macs;
    if (share < 2 * shareOfMacs) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            share,
            "depthwise convolutions take %s of the time for %s of the MACs"
                .formatted(Units.percent(share), Units.percent(shareOfMacs))));
  }

  private long sumOfDepthwise(ToLongFunction<Layer> figure) {
    return response.getLayersList().stream()
        .filter(layer -> layer.getKind().contains("depthwise-conv"))
        .mapToLong(figure)
        .sum();
  }

  private Optional<Finding> arithmetic() {
    double share = share(time.getComputeCycles());
    return Optional.of(
        new Finding(
            share,
            "arithmetic takes %s of the time, at %s of peak MACs"
                .formatted(Units.percent(share), Units.percent(response.getUtilization()))));
  }

  private double share(long cycles) {
    return (double) cycles / total;
  }
}
