package dev.ppe.wire;

import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.compile.BoundedTilingMemo;
import dev.ppe.simulator.compile.TilingMemo;
import dev.ppe.simulator.format.ImportedModel;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.precision.Precision;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.v1.Detail;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers requests in this process. Safe for use by many threads; has none of its own.
 *
 * <p>It remembers how layers are cut over the PEs from one request to the next: candidates of one
 * search share most of theirs.
 */
public final class LocalEstimator implements Estimator {
  /** Layers of some hundred networks that have none in common; 16 MiB at the most. */
  private static final int REMEMBERED_TILINGS = 16_384;

  private final ServiceLimits limits;
  private final TilingMemo memo;

  /** An estimator that refuses what exceeds {@code limits}, with a memo of its own. */
  public LocalEstimator(ServiceLimits limits) {
    this(limits, new BoundedTilingMemo(REMEMBERED_TILINGS));
  }

  /** An estimator with a memo that others may use as well. */
  public LocalEstimator(ServiceLimits limits, TilingMemo memo) {
    this.limits = limits;
    this.memo = memo;
  }

  /**
   * The cost of one network on one accelerator. Cheap checks come first: what a request asks for is
   * known to be answerable before its model is read.
   *
   * @throws dev.ppe.simulator.graph.GraphTooLargeException if the model exceeds the limits
   * @throws UnknownAcceleratorException if no accelerator has the name that is given
   * @throws IllegalArgumentException if the request cannot be understood: names the field, node or
   *     byte
   * @throws java.util.concurrent.CancellationException if {@code interruption} throws it
   */
  @Override
  public EstimateResponse estimate(EstimateRequest request, Interruption interruption) {
    return prepare(request, interruption).answer(interruption);
  }

  /**
   * Reads a request: everything but the work. What is understood may still have no answer.
   *
   * @throws RuntimeException as {@link #estimate} does
   */
  public EstimateTask prepare(EstimateRequest request, Interruption interruption) {
    limits.check(request);
    Fidelity fidelity =
        Enums.FIDELITY.decode("fidelity", request.getFidelityValue(), Fidelity.CYCLE);
    Precision precision =
        Enums.PRECISION.decode("precision", request.getPrecisionValue(), Precision.STORED);
    Detail detail = detail(request);
    double inferenceRate = EnergyEncoder.inferenceRate(request);
    if (detail == Detail.DETAIL_TIMELINE && fidelity != Fidelity.CYCLE) {
      throw FieldException.of(
          "detail", "is DETAIL_TIMELINE, which only FIDELITY_CYCLE has an answer to");
    }
    Accelerator accelerator = AcceleratorCatalog.of(request);
    interruption.check();
    ImportedModel model = ModelDecoder.decode(request, limits.graph(), interruption);
    interruption.check();
    CanonicalGraph canonical =
        CanonicalGraph.of(precision.applyTo(model.graph(), interruption), interruption);
    interruption.check();
    return new EstimateTask(
        request,
        canonical,
        accelerator,
        fidelity,
        precision,
        detail,
        inferenceRate,
        notes(model, precision),
        memo,
        interruption);
  }

  /** The notes on the model, and one if part of it keeps its numbers. */
  private static List<String> notes(ImportedModel model, Precision precision) {
    int quantized = precision.alreadyQuantized(model.graph());
    if (quantized == 0) {
      return model.notes();
    }
    List<String> notes = new ArrayList<>(model.notes());
    notes.add(
        "%d of %d operators are quantised already and stay as they are"
            .formatted(quantized, model.graph().nodes().size()));
    return notes;
  }

  private static Detail detail(EstimateRequest request) {
    return switch (request.getDetail()) {
      case DETAIL_SUMMARY -> Detail.DETAIL_SUMMARY;
      case DETAIL_UNSPECIFIED, DETAIL_LAYERS -> Detail.DETAIL_LAYERS;
      case DETAIL_TIMELINE -> Detail.DETAIL_TIMELINE;
      case UNRECOGNIZED ->
          throw FieldException.of(
              "detail",
              "is %d, must be one of DETAIL_SUMMARY, DETAIL_LAYERS, DETAIL_TIMELINE"
                  .formatted(request.getDetailValue()));
    };
  }
}
