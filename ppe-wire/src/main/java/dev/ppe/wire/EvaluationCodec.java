package dev.ppe.wire;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.report.Evaluation;
import dev.ppe.simulator.report.LayerReport;
import dev.ppe.simulator.report.MemoryReport;
import dev.ppe.v1.Detail;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Memory;
import dev.ppe.v1.Validity;
import java.util.List;

/** Evaluations as answers. */
public final class EvaluationCodec {
  private EvaluationCodec() {}

  /**
   * The answer that an evaluation makes.
   *
   * @param evaluation the costs
   * @param detail how much of it is wanted; layers are left out of {@link Detail#DETAIL_SUMMARY}
   * @param inferenceRate inferences a second that its power is about
   * @param notes remarks on how the model was read
   */
  public static EstimateResponse encode(
      Evaluation evaluation, Detail detail, double inferenceRate, List<String> notes) {
    return encode(evaluation, detail, inferenceRate, notes, Interruption.NEVER);
  }

  /** The same, as long as it is wanted. */
  static EstimateResponse encode(
      Evaluation evaluation,
      Detail detail,
      double inferenceRate,
      List<String> notes,
      Interruption interruption) {
    interruption.check();
    int outsideLayers = evaluation.outsideLayers(interruption);
    interruption.check();
    long outsideCycles = evaluation.outsideCycles(interruption);
    interruption.check();
    EstimateResponse.Builder response =
        EstimateResponse.newBuilder()
            .setModelName(evaluation.modelName())
            .setAccelerator(evaluation.accelerator())
            .setFidelity(Enums.FIDELITY.encode(evaluation.fidelity()))
            .setPrecision(Enums.PRECISION.encode(evaluation.precision()))
            .setGraphHash(evaluation.graphHash().hex())
            .setSimulatorVersion(evaluation.simulatorVersion())
            .setLatencyUs(evaluation.latencyUs())
            .setFirstLatencyUs(evaluation.firstLatencyUs())
            .setCycles(evaluation.cycles())
            .setTime(LayerEncoder.time(evaluation.time()))
            .setEnergyUj(evaluation.energy().totalUj())
            .setAveragePowerMw(evaluation.averagePowerMw())
            .setEnergy(EnergyEncoder.whole(evaluation.energy()))
            .setPower(EnergyEncoder.power(evaluation, inferenceRate))
            .setActions(EnergyEncoder.actions(evaluation.power().actions()))
            .setOtherEnergyUj(evaluation.power().ofNoLayer().totalUj())
            .setEnergyTable(evaluation.power().table())
            .setEnergyTableVersion(evaluation.power().tableVersion())
            .setMacs(evaluation.macs())
            .setParameters(evaluation.parameters())
            .setUtilization(evaluation.utilization())
            .setOperators(evaluation.operators())
            .setHostOperators(evaluation.hostOperators())
            .setMemory(memory(evaluation.memory()))
            .setValidity(
                Validity.newBuilder()
                    .setValidated(evaluation.validated())
                    .setOutsideLayers(outsideLayers)
                    .setOutsideCycles(outsideCycles))
            .addAllNotes(notes);
    if (detail != Detail.DETAIL_SUMMARY) {
      for (LayerReport layer : evaluation.layers()) {
        interruption.check();
        response.addLayers(LayerEncoder.layer(layer));
      }
    }
    return response.build();
  }

  private static Memory memory(MemoryReport memory) {
    return Memory.newBuilder()
        .setParamsCachedBytes(memory.paramsCachedBytes())
        .setParamsStreamedBytes(memory.paramsStreamedBytes())
        .setPeMemoryPeakBytes(memory.peMemoryPeakBytes())
        .setPeMemoryLowerBoundBytes(memory.peMemoryLowerBoundBytes())
        .setPeMemoryBytes(memory.peMemoryBytes())
        .setOffChipActivationBytes(memory.offChipActivationBytes())
        .setInstructionBytes(memory.instructionBytes())
        .setInputBytes(memory.inputBytes())
        .setOutputBytes(memory.outputBytes())
        .setParameterMemoryUsedBytes(memory.parameterMemoryUsedBytes())
        .build();
  }
}
