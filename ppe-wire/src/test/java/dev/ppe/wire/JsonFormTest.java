package dev.ppe.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.ppe.v1.Detail;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The names of the contract, as clients that read JSON know them. */
class JsonFormTest {
  private static JsonObject json(EstimateResponse response) throws InvalidProtocolBufferException {
    return JsonParser.parseString(
            JsonFormat.printer().alwaysPrintFieldsWithNoPresence().print(response))
        .getAsJsonObject();
  }

  private static EstimateResponse response() {
    return EvaluationCodec.encode(
        SampleEvaluations.evaluation(), Detail.DETAIL_LAYERS, 30, List.of());
  }

  @Test
  void anAnswerHasTheContractsNames() throws InvalidProtocolBufferException {
    assertThat(json(response()).keySet())
        .containsExactly(
            "modelName",
            "accelerator",
            "fidelity",
            "precision",
            "graphHash",
            "simulatorVersion",
            "latencyUs",
            "firstLatencyUs",
            "cycles",
            "time",
            "energyUj",
            "averagePowerMw",
            "energy",
            "power",
            "actions",
            "otherEnergyUj",
            "energyTable",
            "energyTableVersion",
            "macs",
            "parameters",
            "utilization",
            "operators",
            "hostOperators",
            "memory",
            "validity",
            "layers",
            "notes");
  }

  @Test
  void itsPartsHaveTheContractsNames() throws InvalidProtocolBufferException {
    JsonObject json = json(response());
    assertThat(json.getAsJsonObject("energy").keySet())
        .containsExactly(
            "macArrayUj",
            "vectorUnitUj",
            "peMemoryUj",
            "parameterMemoryUj",
            "networkUj",
            "dramUj",
            "hostLinkUj",
            "leakageUj",
            "activeUj",
            "detail");
    assertThat(json.getAsJsonObject("power").keySet())
        .containsExactly(
            "idlePowerMw",
            "peakPowerMw",
            "peakWindowUs",
            "topsPerWatt",
            "inferenceRate",
            "sustainedRate",
            "rateAveragePowerMw",
            "rateActivePowerMw",
            "activeEnergyUj");
    assertThat(json.getAsJsonObject("memory").keySet())
        .containsExactly(
            "paramsCachedBytes",
            "paramsStreamedBytes",
            "peMemoryPeakBytes",
            "peMemoryLowerBoundBytes",
            "peMemoryBytes",
            "offChipActivationBytes",
            "instructionBytes",
            "inputBytes",
            "outputBytes",
            "parameterMemoryUsedBytes");
    assertThat(json.getAsJsonObject("time").keySet())
        .containsExactly(
            "computeCycles",
            "activationFetchCycles",
            "parameterFetchCycles",
            "outputCycles",
            "dmaCycles",
            "hostLinkCycles",
            "hostCycles",
            "invocationCycles",
            "doorbellCycles",
            "decodeCycles",
            "completionCycles",
            "peMemoryBankCycles");
    assertThat(json.getAsJsonArray("layers").get(0).getAsJsonObject().keySet())
        .containsExactly(
            "name",
            "kind",
            "placement",
            "placementReason",
            "cycles",
            "time",
            "boundBy",
            "startCycle",
            "finishCycle",
            "macs",
            "utilization",
            "parameterBytes",
            "parametersCached",
            "peMemoryReadBytes",
            "peMemoryWriteBytes",
            "parameterReadBytes",
            "networkBytes",
            "dramBytes",
            "hostLinkBytes",
            "activationReadBytes",
            "energyUj",
            "energy",
            "tiling",
            "outside");
  }

  @Test
  void zerosArePrintedAndLongsAreText() throws InvalidProtocolBufferException {
    JsonObject json = json(response().toBuilder().setHostOperators(0).clearCycles().build());
    assertThat(json.get("hostOperators").getAsJsonPrimitive().isNumber()).isTrue();
    assertThat(json.get("cycles").getAsJsonPrimitive().isString()).isTrue();
    assertThat(json.get("cycles").getAsString()).isEqualTo("0");
    assertThat(json.get("precision").getAsString()).isEqualTo("PRECISION_BF16");
    assertThat(json.get("fidelity").getAsString()).isEqualTo("FIDELITY_CYCLE");
  }

  @Test
  void aRequestMayBeWrittenByHand() throws InvalidProtocolBufferException {
    EstimateRequest.Builder request = EstimateRequest.newBuilder();
    JsonFormat.parser()
        .merge(
            """
            {"modelName": "tiny", "acceleratorName": "edgetpu-v1", "detail": "DETAIL_SUMMARY",
             "graph": {
               "tensors": [
                 {"name": "in", "shape": [1, 8, 8, 16], "type": "DATA_TYPE_INT8"},
                 {"name": "w", "shape": [32, 1, 1, 16], "type": "DATA_TYPE_INT8",
                  "role": "TENSOR_ROLE_PARAMETER"},
                 {"name": "out", "shape": [1, 8, 8, 32], "type": "DATA_TYPE_INT8"}],
               "nodes": [
                 {"name": "conv", "inputs": [0, 1], "outputs": [2],
                  "conv2d": {"window": {"kernelHeight": 1, "kernelWidth": 1, "strideHeight": 1,
                                        "strideWidth": 1}}}],
               "inputs": [0], "outputs": [2]}}
            """,
            request);
    assertThat(
            GraphCodec.decode(request.getGraph(), ServiceLimits.DEFAULT.graph())
                .nodes()
                .get(0)
                .operator()
                .kind())
        .isEqualTo("conv");
  }
}
