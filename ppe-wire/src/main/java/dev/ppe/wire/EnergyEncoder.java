package dev.ppe.wire;

import dev.ppe.simulator.activity.Action;
import dev.ppe.simulator.activity.ActionCounts;
import dev.ppe.simulator.power.Component;
import dev.ppe.simulator.power.EnergyBreakdown;
import dev.ppe.simulator.power.EnergyPart;
import dev.ppe.simulator.power.PowerAtRate;
import dev.ppe.simulator.report.Evaluation;
import dev.ppe.v1.Actions;
import dev.ppe.v1.Energy;
import dev.ppe.v1.EnergyDetail;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.Power;

/** Energy and power as messages. */
final class EnergyEncoder {
  private EnergyEncoder() {}

  /**
   * The rate that a request asks for.
   *
   * @throws IllegalArgumentException if it is none
   */
  static double inferenceRate(EstimateRequest request) {
    double rate = request.getInferenceRate();
    if (rate == 0) {
      return PowerAtRate.DEFAULT_RATE;
    }
    if (!(rate > 0 && rate <= PowerAtRate.MOST)) {
      throw FieldException.of(
          "inference_rate",
          "is %s, must be above 0 and at most %.0f".formatted(rate, PowerAtRate.MOST));
    }
    return rate;
  }

  /** Of an inference, with the finer parts. */
  static Energy whole(EnergyBreakdown energy) {
    return components(energy).setDetail(detail(energy)).build();
  }

  /** Of a layer. */
  static Energy layer(EnergyBreakdown energy) {
    return components(energy).build();
  }

  private static Energy.Builder components(EnergyBreakdown energy) {
    return Energy.newBuilder()
        .setMacArrayUj(energy.of(Component.MAC_ARRAY))
        .setVectorUnitUj(energy.of(Component.VECTOR_UNIT))
        .setPeMemoryUj(energy.of(Component.PE_MEMORY))
        .setParameterMemoryUj(energy.of(Component.PARAMETER_MEMORY))
        .setNetworkUj(energy.of(Component.NETWORK))
        .setDramUj(energy.of(Component.DRAM))
        .setHostLinkUj(energy.of(Component.HOST_LINK))
        .setLeakageUj(energy.of(Component.LEAKAGE))
        .setActiveUj(energy.dynamicUj());
  }

  private static EnergyDetail detail(EnergyBreakdown energy) {
    EnergyDetail.Builder detail = EnergyDetail.newBuilder();
    for (EnergyPart part : EnergyPart.values()) {
      double uj = energy.of(part);
      switch (part) {
        case MACS -> detail.setMacsUj(uj);
        case REGISTERS -> detail.setRegistersUj(uj);
        case CORE_MEMORY -> detail.setCoreMemoryUj(uj);
        case INSTRUCTIONS -> detail.setInstructionsUj(uj);
        case DRAM_ACTIVATE -> detail.setDramActivateUj(uj);
        case DRAM_READ -> detail.setDramReadUj(uj);
        case DRAM_WRITE -> detail.setDramWriteUj(uj);
        case DRAM_REFRESH -> detail.setDramRefreshUj(uj);
        case ARRAY_LEAKAGE -> detail.setArrayLeakageUj(uj);
        case MEMORY_LEAKAGE -> detail.setMemoryLeakageUj(uj);
        case ARRAY_CLOCK -> detail.setArrayClockUj(uj);
        case PE_CLOCK -> detail.setPeClockUj(uj);
        case VECTOR_UNIT, PE_MEMORY, NETWORK, HOST_LINK -> {} // components by themselves
      }
    }
    return detail.build();
  }

  static Power power(Evaluation evaluation, double inferenceRate) {
    PowerAtRate atRate = evaluation.atRate(inferenceRate);
    return Power.newBuilder()
        .setIdlePowerMw(evaluation.power().idleMw())
        .setPeakPowerMw(evaluation.power().peakMw())
        .setPeakWindowUs(evaluation.power().peakWindowUs())
        .setTopsPerWatt(evaluation.topsPerWatt())
        .setInferenceRate(atRate.rate())
        .setSustainedRate(atRate.sustainedRate())
        .setRateAveragePowerMw(atRate.averageMw())
        .setRateActivePowerMw(atRate.activeMw())
        .setActiveEnergyUj(atRate.activeUj())
        .build();
  }

  static Actions actions(ActionCounts counts) {
    Actions.Builder actions = Actions.newBuilder();
    for (Action action : Action.values()) {
      long times = counts.of(action);
      switch (action) {
        case MAC_INT8 -> actions.setInt8Macs(times);
        case MAC_INT16 -> actions.setInt16Macs(times);
        case MAC_BFLOAT16 -> actions.setBfloat16Macs(times);
        case MAC_FLOAT16 -> actions.setFloat16Macs(times);
        case MAC_FLOAT32 -> actions.setFloat32Macs(times);
        case REGISTER_BYTE -> actions.setRegisterBytes(times);
        case VECTOR_OPERATION -> actions.setVectorOperations(times);
        case PE_MEMORY_READ_BYTE -> actions.setPeMemoryReadBytes(times);
        case PE_MEMORY_WRITE_BYTE -> actions.setPeMemoryWriteBytes(times);
        case CORE_MEMORY_READ_BYTE -> actions.setCoreMemoryReadBytes(times);
        case CORE_MEMORY_WRITE_BYTE -> actions.setCoreMemoryWriteBytes(times);
        case INSTRUCTION_BYTE -> actions.setInstructionFetchBytes(times);
        case NETWORK_BYTE_HOP -> actions.setNetworkByteHops(times);
        case DRAM_ACTIVATE -> actions.setDramActivates(times);
        case DRAM_READ_BYTE -> actions.setDramReadBytes(times);
        case DRAM_WRITE_BYTE -> actions.setDramWriteBytes(times);
        case DRAM_REFRESH -> actions.setDramRefreshes(times);
        case HOST_LINK_BYTE -> actions.setHostLinkBytes(times);
      }
    }
    return actions.build();
  }
}
