package dev.ppe.simulator.compile.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.compile.Adding;
import dev.ppe.simulator.compile.Compilation;
import dev.ppe.simulator.compile.Loading;
import dev.ppe.simulator.compile.Phase;
import dev.ppe.simulator.compile.Split;
import dev.ppe.simulator.compile.TileTimes;
import dev.ppe.simulator.compile.TileTraffic;
import dev.ppe.simulator.compile.Tiling;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.job.OnCores;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TileVerifierTest {
  private final Compilation right = Broken.right(TinyNetwork.graph(), Presets.get("coral-usb"));
  private final Tiling conv = right.tilings().getFirst().orElseThrow();

  private List<String> faults(int layer, Optional<Tiling> tiling) {
    return Verification.faults(
        Phase.TILE, Broken.tilings(right, Broken.with(right.tilings(), layer, tiling)));
  }

  private Optional<Tiling> like(Split split, long arrayCycles, long busyCycles) {
    return Optional.of(
        new Tiling(
            split,
            new TileTimes(
                arrayCycles,
                conv.vectorCycles(),
                conv.activationCycles(),
                conv.parameterCycles(),
                conv.outputCycles(),
                busyCycles,
                conv.waitingCycles(),
                conv.networkCycles()),
            new TileTraffic(
                conv.peMemoryReadBytes(),
                conv.peMemoryWriteBytes(),
                conv.parameterReadBytes(),
                conv.networkBytes(),
                conv.haloBytes(),
                conv.vectorOperations())));
  }

  @Test
  void theConvolutionIsCutOverTheGrid() {
    assertThat(conv.split()).isEqualTo(new Split(4, 4, 1));
  }

  @Test
  void everyLayerOnTheAcceleratorIsCutAndNoneOnTheHost() {
    assertThat(faults(0, Optional.empty())).containsExactly("layer \"conv\" is not cut");
    assertThat(faults(3, Optional.of(conv))).contains("layer \"sine\" is cut on the host");
    assertThat(
            Verification.faults(
                Phase.TILE, Broken.tilings(right, Broken.without(right.tilings(), 3))))
        .containsExactly("tilings: 3 instead of 4");
  }

  @Test
  void thereAreNoMorePartsThanPes() {
    assertThat(faults(0, like(new Split(4, 4, 2), conv.arrayCycles(), conv.busyCycles())))
        .containsExactly("layer \"conv\" is cut into 32 parts for 16 PEs");
  }

  @Test
  void noPartIsEmpty() {
    assertThat(faults(0, like(new Split(5, 3, 1), 1000, 1000)))
        .containsExactly("layer \"conv\" has 8 rows in 5 parts of 2");
  }

  @Test
  void noPeIsFasterThanItsCores() {
    assertThat(faults(0, like(conv.split(), 35, conv.busyCycles())))
        .containsExactly("layer \"conv\" multiplies 147456 times where its cores can 143360 times");
  }

  @Test
  void onlyAnAdditionTakesTheTimeOfOne() {
    Tiling adding =
        new Tiling(
            conv.split(),
            new TileTimes(
                conv.arrayCycles(),
                conv.vectorCycles(),
                conv.activationCycles(),
                conv.parameterCycles(),
                conv.outputCycles(),
                conv.busyCycles(),
                conv.waitingCycles(),
                conv.networkCycles()),
            new TileTraffic(
                conv.peMemoryReadBytes(),
                conv.peMemoryWriteBytes(),
                conv.parameterReadBytes(),
                conv.networkBytes(),
                conv.haloBytes(),
                conv.vectorOperations()),
            new Adding(1, 1),
            Loading.NONE,
            OnCores.CHANNELS);

    assertThat(faults(0, Optional.of(adding)))
        .containsExactly("layer \"conv\" adds for nothing, or in no time");
  }

  @Test
  void workIsDoneWhenTheCoresAre() {
    assertThat(faults(0, like(conv.split(), conv.arrayCycles(), conv.arrayCycles() - 1)))
        .containsExactly("layer \"conv\" is done before its cores are");
  }
}
