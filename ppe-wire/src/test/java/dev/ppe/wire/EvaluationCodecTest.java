package dev.ppe.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.ppe.simulator.report.Evaluation;
import dev.ppe.v1.Cause;
import dev.ppe.v1.Detail;
import dev.ppe.v1.Energy;
import dev.ppe.v1.EnergyDetail;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Layer;
import dev.ppe.v1.Placement;
import dev.ppe.v1.Power;
import dev.ppe.v1.Precision;
import dev.ppe.v1.TimeBreakdown;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EvaluationCodecTest {
  private static final Evaluation EVALUATION = SampleEvaluations.evaluation();

  private static EstimateResponse encode(Detail detail) {
    return EvaluationCodec.encode(EVALUATION, detail, 25, List.of("a note"));
  }

  @Test
  void noFieldOfAnAnswerIsForgotten() {
    EstimateResponse response = encode(Detail.DETAIL_LAYERS);
    assertFilled(response, Set.of("timeline"));
    assertFilled(response.getTime(), Set.of());
    assertFilled(response.getEnergy(), Set.of());
    assertFilled(response.getEnergy().getDetail(), Set.of());
    assertFilled(response.getPower(), Set.of());
    assertFilled(response.getActions(), Set.of());
    assertFilled(response.getLayers(0).getEnergy(), Set.of("detail"));
    assertFilled(response.getMemory(), Set.of());
    assertFilled(response.getLayers(0), Set.of("placement_reason"));
    assertFilled(response.getLayers(1), Set.of("outside"));
    assertFilled(response.getValidity(), Set.of());
  }

  private static void assertFilled(Message message, Set<String> empty) {
    assertThat(message.getDescriptorForType().getFields())
        .filteredOn(field -> !empty.contains(field.getName()))
        .containsExactlyInAnyOrderElementsOf(message.getAllFields().keySet());
  }

  @Test
  void numbersStandWhereTheyBelong() {
    EstimateResponse response = encode(Detail.DETAIL_LAYERS);
    assertThat(response.getPrecision()).isEqualTo(Precision.PRECISION_BF16);
    assertThat(response.getLatencyUs()).isEqualTo(250.5);
    assertThat(response.getFirstLatencyUs()).isEqualTo(300.25);
    assertThat(response.getCycles()).isEqualTo(1001);
    assertThat(response.getMacs()).isEqualTo(1002);
    assertThat(response.getParameters()).isEqualTo(1003);
    assertThat(response.getMemory().getParamsCachedBytes()).isEqualTo(11);
    assertThat(response.getMemory().getPeMemoryLowerBoundBytes()).isEqualTo(14);
    assertThat(response.getMemory().getOutputBytes()).isEqualTo(19);
    assertThat(response.getAveragePowerMw()).isEqualTo(65_535 / 250.5 * 1e3);
    assertThat(response.getNotesList()).containsExactly("a note");
  }

  @Test
  void partsAddUpToTheWhole() {
    EstimateResponse response = encode(Detail.DETAIL_LAYERS);
    Energy energy = response.getEnergy();
    EnergyDetail detail = energy.getDetail();
    assertThat(response.getEnergyUj()).isEqualTo((1 << 16) - 1);
    assertThat(energy.getActiveUj()).isEqualTo(response.getEnergyUj() - energy.getLeakageUj());
    assertThat(sum(energy.toBuilder().clearDetail().build()))
        .isEqualTo(response.getEnergyUj() + energy.getActiveUj());
    assertThat(detail.getMacsUj() + detail.getRegistersUj()).isEqualTo(energy.getMacArrayUj());
    assertThat(detail.getCoreMemoryUj() + detail.getInstructionsUj())
        .isEqualTo(energy.getParameterMemoryUj());
    assertThat(
            detail.getDramActivateUj()
                + detail.getDramReadUj()
                + detail.getDramWriteUj()
                + detail.getDramRefreshUj())
        .isEqualTo(energy.getDramUj());
    assertThat(
            detail.getArrayLeakageUj()
                + detail.getMemoryLeakageUj()
                + detail.getArrayClockUj()
                + detail.getPeClockUj())
        .isEqualTo(energy.getLeakageUj());
    for (Layer layer : response.getLayersList()) {
      assertThat(sum(layer.getTime())).isEqualTo((double) layer.getCycles());
      assertThat(sum(layer.getEnergy()))
          .isEqualTo(layer.getEnergyUj() + layer.getEnergy().getActiveUj());
    }
  }

  private static double sum(Message message) {
    return message.getAllFields().values().stream()
        .mapToDouble(value -> ((Number) value).doubleValue())
        .sum();
  }

  @Test
  void powerIsAboutTheRateThatWasAskedFor() {
    Power power = encode(Detail.DETAIL_SUMMARY).getPower();

    assertThat(power.getInferenceRate()).isEqualTo(25);
    assertThat(power.getSustainedRate()).isEqualTo(25);
    assertThat(power.getIdlePowerMw()).isEqualTo(31.5);
    assertThat(power.getActiveEnergyUj()).isEqualTo(65_535 - 31.5 * 250.5 * 1e-3);
    assertThat(power.getRateActivePowerMw())
        .isCloseTo(power.getActiveEnergyUj() * 25 * 1e-3, within(1e-9));
    assertThat(power.getRateAveragePowerMw())
        .isEqualTo(power.getIdlePowerMw() + power.getRateActivePowerMw());
    assertThat(power.getTopsPerWatt())
        .isEqualTo(2.0 * (2001 + 2002 + 2003 + 2004 + 2005) / 65_535e6);
  }

  @Test
  void everyCauseHasItsFieldAndItsConstant() {
    TimeBreakdown time = encode(Detail.DETAIL_SUMMARY).getTime();
    for (dev.ppe.simulator.activity.Cause cause : EVALUATION.time().cycles().keySet()) {
      String field = cause.name().toLowerCase(Locale.ROOT) + "_cycles";
      FieldDescriptor descriptor = TimeBreakdown.getDescriptor().findFieldByName(field);
      assertThat(time.getField(descriptor)).isEqualTo(EVALUATION.time().of(cause));
    }
    assertThat(encode(Detail.DETAIL_LAYERS).getLayers(0).getBoundBy())
        .isEqualTo(Cause.CAUSE_PE_MEMORY_BANK);
  }

  @Test
  void placementComesWithItsReason() {
    EstimateResponse response = encode(Detail.DETAIL_LAYERS);
    assertThat(response.getLayers(0).getPlacement()).isEqualTo(Placement.PLACEMENT_ACCELERATOR);
    assertThat(response.getLayers(1).getPlacement()).isEqualTo(Placement.PLACEMENT_HOST);
    assertThat(response.getLayers(1).getPlacementReason()).isEqualTo("Decode is not known");
  }

  @Test
  void aSummaryIsTheAnswerWithoutLayers() {
    assertThat(encode(Detail.DETAIL_SUMMARY))
        .isEqualTo(encode(Detail.DETAIL_LAYERS).toBuilder().clearLayers().build());
  }

  @Test
  void equalEvaluationsGiveEqualBytes() {
    assertThat(encode(Detail.DETAIL_LAYERS).toByteString())
        .isEqualTo(encode(Detail.DETAIL_LAYERS).toByteString());
  }
}
