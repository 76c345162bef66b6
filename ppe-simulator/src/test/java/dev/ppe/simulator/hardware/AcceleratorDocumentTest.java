package dev.ppe.simulator.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AcceleratorDocumentTest {
  private static final AcceleratorDocument CORAL = AcceleratorDocument.preset("coral-usb");

  private static List<String> presets() {
    return Presets.names();
  }

  @ParameterizedTest
  @MethodSource("presets")
  void aPresetsTextIsThePreset(String name) {
    assertThat(AcceleratorDocument.preset(name).accelerator()).isEqualTo(Presets.get(name));
  }

  @Test
  void oneValueIsChangedAndNothingElse() {
    AcceleratorDocument changed = CORAL.with("invocation.overhead_ns", 7);

    assertThat(changed.number("invocation.overhead_ns")).hasValue(7);
    assertThat(changed.accelerator().invocation().overheadNs()).isEqualTo(7);
    long before = CORAL.number("invocation.overhead_ns").orElseThrow();
    assertThat(before).isNotEqualTo(7);
    assertThat(changed.with("invocation.overhead_ns", before)).isEqualTo(CORAL);
  }

  @Test
  void equalNamesElsewhereStay() {
    AcceleratorDocument changed = CORAL.with("host.overhead_ns", 7);

    assertThat(changed.accelerator().host().overheadNs()).isEqualTo(7);
    assertThat(changed.accelerator().invocation()).isEqualTo(CORAL.accelerator().invocation());
  }

  @Test
  void aCommentTakesThePlaceOfTheOneThere() {
    assertThat(CORAL.with("clock_hz", 400_000_000, "fitted").yaml().lines())
        .contains("clock_hz: 400000000  # fitted")
        .noneMatch(line -> line.contains("beagle chip structures"));
  }

  @Test
  void oneLineMayHoldSeveralValues() {
    AcceleratorDocument document =
        new AcceleratorDocument("x", "a: {b: 1_000, c: 2} # both\nd: 0x10");

    assertThat(document.number("a.b")).hasValue(1000);
    assertThat(document.with("a.b", 5, "fitted").yaml())
        .isEqualTo("a: {b: 5, c: 2} # both\nd: 0x10");
    assertThat(document.with("d", 5, "fitted").yaml())
        .isEqualTo("a: {b: 1_000, c: 2} # both\nd: 5  # fitted");
  }

  @Test
  void charactersBeyondTheFirstPlaneShiftNothing() {
    AcceleratorDocument document =
        new AcceleratorDocument("x", "# \uD83D\uDE80\na: 1 # \uD83D\uDE80\nb: 2\n");

    assertThat(document.with("b", 3).yaml())
        .isEqualTo("# \uD83D\uDE80\na: 1 # \uD83D\uDE80\nb: 3\n");
  }

  @Test
  void aNameIsQuotedWhereItMustBe() {
    assertThat(CORAL.withName("mine-2").accelerator().name()).isEqualTo("mine-2");
    assertThat(CORAL.withName("a \"b\": c #d").accelerator().name()).isEqualTo("a \"b\": c #d");
  }

  @Test
  void aBlockIsPutInOnceAndItsNumbersMayBeChanged() {
    List<String> lines = List.of("dynamic_permille: 1000", "static_permille: 1000");

    AcceleratorDocument document =
        CORAL.withBlock("energy_scale", lines).with("energy_scale.static_permille", 700);

    assertThat(document.accelerator().energyScale()).contains(new EnergyScale(1000, 700));
    assertThat(document.withBlock("energy_scale", lines)).isEqualTo(document);
    assertThat(CORAL.accelerator().energyScale()).isEmpty();
    assertThatThrownBy(() -> document.with("energy_scale.static_permille", 0).accelerator())
        .hasMessage(
            "coral-usb.yaml: energy_scale.static_permille is 0, must be between 1 and 100000");
  }

  @Test
  void whatIsNoWholeNumberIsRefused() {
    assertThat(CORAL.number("name")).isEmpty();
    assertThat(CORAL.number("dram.bytes_per_second")).isEmpty();
    assertThat(CORAL.number("grid")).isEmpty();
    assertThat(new AcceleratorDocument("x", "a: 99999999999999999999").number("a")).isEmpty();
    assertThatThrownBy(() -> CORAL.with("name", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("coral-usb.yaml has no whole number name");
  }
}
