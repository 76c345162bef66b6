package dev.ppe.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Core;
import dev.ppe.simulator.hardware.Dram;
import dev.ppe.simulator.hardware.DramPart;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.v1.ListAcceleratorsResponse;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AcceleratorCodecTest {
  static List<String> names() {
    return Presets.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyPresetComesBackAsItWas(String name) {
    Accelerator accelerator = Presets.get(name);
    assertThat(AcceleratorCodec.decode(AcceleratorCodec.encode(accelerator)))
        .isEqualTo(accelerator);
  }

  /** As clients send it that know of no parts. */
  @Test
  void aMemoryWithoutAPartIsNoMoreThanItsPort() {
    dev.ppe.v1.Accelerator.Builder message =
        AcceleratorCatalog.getAccelerator("edgetpu-v1").toBuilder();
    message.getDramBuilder().clearPart().clearChannels();
    Accelerator accelerator = AcceleratorCodec.decode(message.build());

    assertThat(accelerator.dram()).contains(new Dram(17_000_000_000L, 100, Optional.empty()));
    assertThat(AcceleratorCodec.encode(accelerator)).isEqualTo(message.build());
  }

  /** As clients send it that know of no banks, and of no shares of what an inference costs. */
  @Test
  void banksAndSharesMayBeLeftOut() {
    dev.ppe.v1.Accelerator.Builder message =
        AcceleratorCatalog.getAccelerator("edgetpu-v1").toBuilder();
    message.getPeMemoryBuilder().clearBanks();
    message.getInvocationBuilder().clearDoorbellPermille().clearCompletionPermille();
    Accelerator accelerator = AcceleratorCodec.decode(message.build());

    assertThat(accelerator.peMemory().banks()).isEqualTo(4);
    assertThat(accelerator.invocation().driverNs())
        .isEqualTo(accelerator.invocation().overheadNs());
  }

  @Test
  void aPartHasAsManyChannelsAsItsDataSheetIfNotSaidOtherwise() {
    dev.ppe.v1.Accelerator.Builder message =
        AcceleratorCatalog.getAccelerator("edgetpu-v1").toBuilder();
    message.getDramBuilder().clearChannels();
    assertThat(channels(message)).contains(4);
    message.getDramBuilder().setChannels(2);
    assertThat(channels(message)).contains(2);
  }

  private static Optional<Integer> channels(dev.ppe.v1.Accelerator.Builder message) {
    return AcceleratorCodec.decode(message.build())
        .dram()
        .flatMap(Dram::part)
        .map(DramPart::channels);
  }

  @Test
  void aSystolicArrayComesBackAsItWas() {
    dev.ppe.v1.Accelerator.Builder message =
        AcceleratorCatalog.getAccelerator("edgetpu-v1").toBuilder();
    message
        .getCoreBuilder()
        .getSystolicBuilder()
        .setRows(32)
        .setColumns(16)
        .setDataflow(dev.ppe.v1.Accelerator.Dataflow.DATAFLOW_OUTPUT_STATIONARY)
        .setOverlap(true);
    Accelerator accelerator = AcceleratorCodec.decode(message.build());

    assertThat(accelerator.core())
        .isEqualTo(new Core.Systolic(32, 16, Core.Dataflow.OUTPUT_STATIONARY, true));
    assertThat(AcceleratorCodec.encode(accelerator)).isEqualTo(message.build());
  }

  @Test
  void partsThatMayBeLeftOutStayOut() {
    dev.ppe.v1.Accelerator message =
        AcceleratorCatalog.getAccelerator("edgetpu-v1").toBuilder()
            .clearNetwork()
            .clearHostLink()
            .build();
    Accelerator accelerator = AcceleratorCodec.decode(message);

    assertThat(accelerator.network()).isEmpty();
    assertThat(AcceleratorCodec.encode(accelerator)).isEqualTo(message);
  }

  @Test
  void anEnergyScaleComesBackAsItWas() {
    dev.ppe.v1.Accelerator message =
        AcceleratorCatalog.getAccelerator("coral-usb").toBuilder()
            .setEnergyScale(
                dev.ppe.v1.Accelerator.EnergyScale.newBuilder()
                    .setDynamicPermille(1_400)
                    .setStaticPermille(700))
            .build();

    assertThat(AcceleratorCodec.decode(message).energyScale())
        .hasValueSatisfying(scale -> assertThat(scale.staticPermille()).isEqualTo(700));
    assertThat(AcceleratorCodec.encode(AcceleratorCodec.decode(message))).isEqualTo(message);
  }

  @Test
  void withoutMacCyclesEveryTypeTakesOne() {
    dev.ppe.v1.Accelerator message = AcceleratorCatalog.getAccelerator("tensor-g1");

    assertThat(AcceleratorCodec.decode(message).macCycles()).containsExactly(1, 1, 2);
    assertThat(AcceleratorCodec.decode(message.toBuilder().clearMacCycles().build()).macCycles())
        .containsExactly(1, 1, 1);
  }

  @Test
  void theListHasAllPresetsAndTheDefault() {
    ListAcceleratorsResponse list = AcceleratorCatalog.listAccelerators();
    assertThat(list.getAcceleratorsList())
        .extracting(dev.ppe.v1.Accelerator::getName)
        .containsExactlyElementsOf(Presets.names());
    assertThat(list.getDefaultAccelerator()).isEqualTo(Presets.DEFAULT);
    assertThat(AcceleratorCatalog.getAccelerator("").getName()).isEqualTo(Presets.DEFAULT);
  }

  @Test
  void anUnknownNameIsAnsweredWithTheOnesThereAre() {
    assertThatThrownBy(() -> AcceleratorCatalog.getAccelerator("coral"))
        .isInstanceOf(UnknownAcceleratorException.class)
        .hasMessageContaining("no accelerator \"coral\"")
        .hasMessageContaining("edgetpu-v1");
  }

  @Test
  void aMissingPartIsNamed() {
    refused(builder -> builder.clearGrid(), "grid is missing");
    refused(builder -> builder.clearHost(), "host is missing");
    refused(builder -> builder.clearPlacement(), "placement is missing");
    refused(builder -> builder.clearCore(), "core is missing");
    refused(builder -> builder.getCoreBuilder().clearSimd(), "core must be simd or systolic");
  }

  @Test
  void aChoiceThatIsNotMadeIsNamed() {
    refused(
        builder -> builder.getGridBuilder().clearSplit(),
        "grid.split is unspecified, must be one of SPLIT_SPATIAL, SPLIT_ANY");
    refused(
        builder -> builder.getPeMemoryBuilder().setOverflowValue(9),
        "pe_memory.overflow is 9, must be one of OVERFLOW_PARAMETER_MEMORY, OVERFLOW_OFF_CHIP");
    refused(
        builder -> builder.getCoreBuilder().getSystolicBuilder().setRows(8).setColumns(8),
        "core.systolic.dataflow is unspecified, must be one of DATAFLOW_WEIGHT_STATIONARY");
  }

  @Test
  void aValueOutOfRangeIsNamed() {
    refused(builder -> builder.clearClockHz(), "clock_hz is 0, must be between");
    refused(
        builder -> builder.getCoreBuilder().getSimdBuilder().setLanes(-4),
        "core.lanes is -4, must be between");
    refused(
        builder -> builder.getPlacementBuilder().setMaxUpsampling(0),
        "placement.max_upsampling is 0, must be between");
    refused(
        builder -> builder.getPlacementBuilder().addHostOperators(""),
        "placement.host_operators must not be empty");
    refused(
        builder ->
            builder.getPlacementBuilder().addAllHostOperators(Collections.nCopies(257, "sin")),
        "placement.host_operators");
    refused(
        builder -> builder.addMacCycles(2).addMacCycles(1),
        "mac_cycles is [2, 1], must have a number for");
    refused(builder -> builder.addMacCycles(65), "mac_cycles is 65, must be between 1 and 64");
    refused(builder -> builder.clearName(), "name must not be empty");
    refused(
        builder -> builder.getDramBuilder().setBytesPerSecond(1),
        "dram.bytes_per_second is 1, must be between");
    refused(
        builder -> builder.getDramBuilder().setChannels(0),
        "dram.channels is 0, must be between 1 and 64");
    refused(
        builder -> builder.getDramBuilder().clearPart(),
        "dram.channels is given, so must be dram.part");
    refused(
        builder -> builder.getDramBuilder().setPart("ddr9"),
        "dram.part is \"ddr9\", must be one of lpddr4-4266, lpddr5-6400");
    refused(builder -> builder.clearDram().clearHostLink(), "one of dram and host_link");
  }

  @Test
  void anEnergyTableThatIsNoneIsNamed() {
    refused(
        builder -> builder.setEnergyTable("7nm"),
        "energy_table is \"7nm\", must be one of coral-28nm, mobile-5nm, unpriced");
    refused(builder -> builder.clearEnergyTable(), "energy_table is \"\", must be one of");
  }

  @Test
  void aTypeThatIsNoneIsNamed() {
    refused(
        builder -> builder.addTypesValue(77), "types[1] is 77, must be one of DATA_TYPE_FLOAT64");
    refused(builder -> builder.setTypesValue(0, 0), "types[0] is unspecified");
    refused(builder -> builder.clearTypes(), "must name at least one");
  }

  private static void refused(Consumer<dev.ppe.v1.Accelerator.Builder> change, String message) {
    dev.ppe.v1.Accelerator.Builder builder =
        AcceleratorCatalog.getAccelerator("edgetpu-v1").toBuilder().clearTypes();
    builder.addTypes(dev.ppe.v1.DataType.DATA_TYPE_INT8);
    change.accept(builder);
    assertThatThrownBy(() -> AcceleratorCodec.decode(builder.build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
