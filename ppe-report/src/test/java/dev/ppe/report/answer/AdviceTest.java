package dev.ppe.report.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Layer;
import dev.ppe.v1.Memory;
import dev.ppe.v1.TimeBreakdown;
import org.junit.jupiter.api.Test;

class AdviceTest {
  private static EstimateResponse.Builder answer(TimeBreakdown.Builder time) {
    return EstimateResponse.newBuilder().setMacs(1000).setUtilization(0.4).setTime(time);
  }

  private static TimeBreakdown.Builder time() {
    return TimeBreakdown.newBuilder();
  }

  @Test
  void parametersThatAreStreamedAreNamedWithTheTimeThatWaitsForThem() {
    EstimateResponse.Builder answer =
        answer(time().setComputeCycles(25).setParameterFetchCycles(75))
            .setMemory(
                Memory.newBuilder()
                    .setParamsCachedBytes(8 << 20)
                    .setParamsStreamedBytes(3_460_301));
    answer
        .addLayersBuilder()
        .setParameterBytes(3_460_301)
        .setTime(time().setParameterFetchCycles(70));
    answer
        .addLayersBuilder()
        .setParameterBytes(8 << 20)
        .setParametersCached(true)
        .setTime(time().setParameterFetchCycles(5));
    assertThat(Advice.of(answer.build()))
        .hasValue(
            "3.30 MiB of parameters do not fit on the chip and come from the host in every"
                + " inference: 70 % of the time waits for them");
  }

  @Test
  void depthwiseConvolutionsAreNamedWhereTheyCostMoreThanTheirShareOfTheWork() {
    EstimateResponse.Builder answer = answer(time().setComputeCycles(30).setOutputCycles(70));
    answer.addLayers(Layer.newBuilder().setKind("conv").setCycles(50).setMacs(950));
    answer.addLayers(
        Layer.newBuilder().setKind("pad+depthwise-conv+relu").setCycles(50).setMacs(50));
    assertThat(Advice.of(answer.build()))
        .hasValue("depthwise convolutions take 50 % of the time for 5.0 % of the MACs");
  }

  @Test
  void aLinkThatTakesNoTimeIsNotBlamed() {
    assertThat(Advice.of(answer(time().setInvocationCycles(60).setOutputCycles(40)).build()))
        .hasValue("starting the inference takes 60 % of the time, whatever the layers do");
    assertThat(
            Advice.of(
                answer(time().setInvocationCycles(20).setHostLinkCycles(80))
                    .setMemory(Memory.newBuilder().setInputBytes(2048).setOutputBytes(5))
                    .build()))
        .hasValue(
            "80 % of the time goes to the host link (0 B of instructions, 2.00 KiB in, 5 B out) and"
                + " 20 % to starting the inference, whatever the layers do");
  }

  @Test
  void otherwiseTheArithmeticIsNamed() {
    assertThat(Advice.of(answer(time().setComputeCycles(90).setOutputCycles(10)).build()))
        .hasValue("arithmetic takes 90 % of the time, at 40 % of peak MACs");
  }

  @Test
  void whereNothingStandsOutNothingIsSaid() {
    assertThat(Advice.of(answer(time().setOutputCycles(100)).build())).isEmpty();
    assertThat(Advice.of(EstimateResponse.getDefaultInstance())).isEmpty();
  }
}
