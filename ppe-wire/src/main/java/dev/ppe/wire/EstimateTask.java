package dev.ppe.wire;

import com.google.protobuf.UnknownFieldSet;
import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.PerformanceEvaluator;
import dev.ppe.simulator.PerformanceEvaluator.TimedEvaluation;
import dev.ppe.simulator.compile.TilingMemo;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.precision.Precision;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.v1.Detail;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import java.util.List;

/**
 * A request that has been read: everything but the work, which may be done for several requests at
 * once.
 *
 * <p>Requests that differ in nothing but names have equal {@link #key keys}. {@link #shared} works
 * on the network without its names and gives an answer that is everybody's; {@link AnswerNames} put
 * one request's names into it. Both together are {@link #answer} to the last byte.
 */
public final class EstimateTask {
  private final CanonicalGraph network;
  private final Accelerator accelerator;
  private final Fidelity fidelity;
  private final Precision precision;
  private final Detail detail;
  private final double inferenceRate;
  private final List<String> notes;
  private final TilingMemo memo;
  private final boolean shareable;
  private final AnswerKey key;

  EstimateTask(
      EstimateRequest request,
      CanonicalGraph network,
      Accelerator accelerator,
      Fidelity fidelity,
      Precision precision,
      Detail detail,
      double inferenceRate,
      List<String> notes,
      TilingMemo memo,
      Interruption interruption) {
    this.network = network;
    this.accelerator = accelerator;
    this.fidelity = fidelity;
    this.precision = precision;
    this.detail = detail;
    this.inferenceRate = inferenceRate;
    this.notes = List.copyOf(notes);
    this.memo = memo;
    AcceleratorIdentity identity = AcceleratorIdentity.of(accelerator);
    this.shareable = !identity.hasMark() && !NodeNames.ambiguous(network.graph(), interruption);
    this.key = AnswerKey.of(network.hash(), identity, options(request));
  }

  /**
   * What of the request is neither the network nor the accelerator, in one form: a field that is
   * added to requests is part of it from the start.
   */
  private EstimateRequest options(EstimateRequest request) {
    return request.toBuilder()
        .clearModel()
        .clearModelName()
        .clearAccelerator()
        .clearBatch()
        .clearDimensions()
        .setFidelity(Enums.FIDELITY.encode(fidelity))
        .setPrecision(Enums.PRECISION.encode(precision))
        .setDetail(detail)
        .setInferenceRate(inferenceRate)
        .setUnknownFields(UnknownFieldSet.getDefaultInstance())
        .build();
  }

  /** Equal for requests whose answers differ in names and notes at most. */
  public AnswerKey key() {
    return key;
  }

  /**
   * Whether an answer can be told from the names in it. It cannot where an operator or the
   * accelerator is called by what stands for names; such requests are answered on their own.
   */
  public boolean shareable() {
    return shareable;
  }

  /**
   * The answer to this request.
   *
   * @throws RuntimeException as {@link LocalEstimator#estimate} does
   */
  public EstimateResponse answer(Interruption interruption) {
    return evaluate(network, notes, interruption);
  }

  /**
   * The answer to every request of this key, with marks in place of the names and no notes.
   *
   * @throws RuntimeException as {@link LocalEstimator#estimate} does, with marks in place of names;
   *     {@link AnswerNames#ownFailure} puts names into it
   */
  public EstimateResponse shared(Interruption interruption) {
    CanonicalGraph nameless =
        new CanonicalGraph(NodeNames.without(network.graph(), interruption), network.hash());
    return evaluate(nameless, List.of(), interruption);
  }

  private EstimateResponse evaluate(
      CanonicalGraph graph, List<String> remarks, Interruption interruption) {
    if (detail == Detail.DETAIL_TIMELINE) {
      TimedEvaluation timed =
          PerformanceEvaluator.evaluateWithTimeline(
              graph, accelerator, precision, memo, interruption);
      return EvaluationCodec.encode(
              timed.evaluation(), detail, inferenceRate, remarks, interruption)
          .toBuilder()
          .setTimeline(TimelineEncoder.timeline(timed, interruption))
          .build();
    }
    return EvaluationCodec.encode(
        PerformanceEvaluator.evaluate(graph, accelerator, fidelity, precision, memo, interruption),
        detail,
        inferenceRate,
        remarks,
        interruption);
  }

  /** What this request calls things, for its own answer from what {@link #shared} gave. */
  public AnswerNames names() {
    return new AnswerNames(network.graph(), notes);
  }
}
