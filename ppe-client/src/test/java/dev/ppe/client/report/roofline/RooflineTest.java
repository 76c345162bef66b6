package dev.ppe.client.report.roofline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ppe.client.PpeClient;
import dev.ppe.report.roofline.Level;
import dev.ppe.report.roofline.Roofline;
import dev.ppe.report.roofline.Roofline.Point;
import dev.ppe.report.roofline.Roofline.Reach;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.v1.Accelerator;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.wire.GraphCodec;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RooflineTest {
  private static final List<String> NETWORKS =
      List.of(
          "mobilenet_v2", "resnet18", "mobilenet_edgetpu_v2_s", "mobilebert_edgetpu_xs", "vgg16");

  private static final PpeClient CLIENT = PpeClient.inProcess(Duration.ofMinutes(1));

  private static EstimateResponse answer(String network, Accelerator accelerator) {
    return CLIENT.estimate(
        EstimateRequest.newBuilder()
            .setModelName(network)
            .setGraph(GraphCodec.encode(Zoo.find(network).orElseThrow().graph()))
            .setAcceleratorSpec(accelerator)
            .build());
  }

  private static Roofline roofline(String network, String accelerator) {
    Accelerator spec = CLIENT.getAccelerator(accelerator);
    return Roofline.of(answer(network, spec), spec);
  }

  private static Stream<Arguments> everything() {
    return Presets.names().stream()
        .flatMap(preset -> NETWORKS.stream().map(network -> Arguments.of(preset, network)));
  }

  @ParameterizedTest
  @MethodSource("everything")
  void noLayerIsAboveARoof(String preset, String network) {
    Accelerator accelerator = CLIENT.getAccelerator(preset);
    Roofline roofline = Roofline.of(answer(network, accelerator), accelerator);

    for (Point point : roofline.points()) {
      assertThat(point.attained()).as(point.name()).isLessThanOrEqualTo(roofline.peak() * 1.000001);
      for (Reach reach : point.reaches()) {
        boolean hidden = accelerator.getParameterMemory().getPrefetch() && isOutside(reach.level());
        assertThat(hidden || point.attained() <= reach.roof() * 1.000001)
            .as("%s: %s of %s", point.name(), point.attained(), reach)
            .isTrue();
      }
    }
  }

  private static boolean isOutside(Level level) {
    return level == Level.DRAM || level == Level.HOST_LINK;
  }

  @Test
  void depthwiseLayersAreHeldByTheActivationPort() {
    Point depthwise =
        roofline("mobilenet_v2", "coral-usb").points().stream()
            .filter(point -> point.name().equals("s1b1/dw3x3"))
            .findFirst()
            .orElseThrow();

    // Each activation is read for one multiply-accumulate: 16 ports of 4 bytes at 500 MHz.
    assertThat(depthwise.reaches().getFirst().level()).isEqualTo(Level.ACTIVATIONS);
    assertThat(depthwise.reaches().getFirst().intensity()).isEqualTo(1);
    assertThat(depthwise.roof()).isEqualTo(32e9);
    assertThat(depthwise.share()).isBetween(0.85, 1.0);
  }

  @Test
  void streamedParametersAreHeldByTheDram() {
    Point dense =
        roofline("vgg16", "tensor-g1").points().stream()
            .filter(point -> point.kind().startsWith("fully-connected"))
            .findFirst()
            .orElseThrow();

    assertThat(dense.boundBy(Double.MAX_VALUE)).contains(Level.DRAM);
    assertThat(dense.share()).isBetween(0.9, 1.0);
  }

  @Test
  void layersAddUp() {
    Roofline roofline = roofline("resnet18", "coral-usb");
    Point whole = roofline.whole().orElseThrow();

    assertThat(whole.layer()).isEqualTo(-1);
    assertThat(roofline.points().stream().map(Point::layer)).isSorted().doesNotHaveDuplicates();
    assertThat(whole.macs()).isEqualTo(roofline.points().stream().mapToLong(Point::macs).sum());
    assertThat(whole.attained())
        .isCloseTo(whole.macs() / whole.micros() * 1e6, within(whole.attained() * 1e-9));
    assertThat(roofline.points().size() + roofline.others()).isEqualTo(31);
  }

  @Test
  void aHostAloneHasItsOwnPeakAndNoWays() {
    Roofline roofline = roofline("mobilenet_v2", "mobile-cpu");

    assertThat(roofline.host()).isTrue();
    assertThat(roofline.peak()).isEqualTo(54e9);
    assertThat(roofline.ways()).isEmpty();
    assertThat(roofline.points())
        .isNotEmpty()
        .allSatisfy(point -> assertThat(point.roof()).isEqualTo(54e9));
  }
}
