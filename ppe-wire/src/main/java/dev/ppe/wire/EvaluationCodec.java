package dev.ppe.wire;

import dev.ppe.simulator.power.EnergyBreakdown;
import dev.ppe.simulator.report.Evaluation;
import dev.ppe.simulator.report.MemoryReport;
import dev.ppe.v1.Detail;
import dev.ppe.v1.Energy;
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
   * @param notes remarks on how the model was read
   */
  public static EstimateResponse encode(Evaluation evaluation, Detail detail, List<String> notes) {
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
            .setEnergy(energy(evaluation.energy()))
            .setMacs(evaluation.macs())
            .setParameters(evaluation.parameters())
            .setUtilization(evaluation.utilization())
            .setOperators(evaluation.operators())
            .setHostOperators(evaluation.hostOperators())
            .setMemory(memory(evaluation.memory()))
            .setValidity(
                Validity.newBuilder()
                    .setValidated(evaluation.validated())
                    .setOutsideLayers(evaluation.outsideLayers())
                    .setOutsideCycles(evaluation.outsideCycles()))
            .addAllNotes(notes);
    if (detail != Detail.DETAIL_SUMMARY) {
      evaluation.layers().forEach(layer -> response.addLayers(LayerEncoder.layer(layer)));
    }
    return response.build();
  }

  private static Energy energy(EnergyBreakdown energy) {
    return Energy.newBuilder()
        .setMacArrayUj(energy.macArrayUj())
        .setVectorUnitUj(energy.vectorUnitUj())
        .setPeMemoryUj(energy.peMemoryUj())
        .setParameterMemoryUj(energy.parameterMemoryUj())
        .setNetworkUj(energy.networkUj())
        .setDramUj(energy.dramUj())
        .setHostLinkUj(energy.hostLinkUj())
        .setLeakageUj(energy.leakageUj())
        .setActiveUj(energy.activeUj())
        .build();
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
        .build();
  }
}
