package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.compile.verify.Verification;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Presets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PhaseTest {
  private static final Accelerator CORAL = Presets.get("coral-usb");
  private static final CanonicalGraph NETWORK = CanonicalGraph.of(Networks.hostOnBothSides());

  private static Compilation compile(Phase stopAfter) {
    return Compiler.compile(NETWORK, CORAL, stopAfter, new Verification(), Interruption.NEVER);
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void whatLaterPhasesFindIsNotThere(Phase last) {
    Compilation known = compile(last);

    assertThat(known.done()).contains(last);
    assertThat(Stream.of(Phase.values()).filter(known::knows))
        .containsExactlyElementsOf(last.withAllBefore());
    assertThat(known.placed().isEmpty()).isEqualTo(!known.knows(Phase.PLACE));
    assertThat(known.layers().isEmpty()).isEqualTo(!known.knows(Phase.FUSE));
    assertThat(known.tilings().isEmpty()).isEqualTo(!known.knows(Phase.TILE));
    assertThat(known.mapping().isEmpty()).isEqualTo(!known.knows(Phase.ALLOCATE));
    assertThat(known.program().isEmpty()).isEqualTo(!known.knows(Phase.SCHEDULE));
  }

  @Test
  void aListenerSeesEveryPhaseOnce() {
    List<Phase> seen = new ArrayList<>();
    Compiler.compile(
        NETWORK,
        CORAL,
        Phase.TILE,
        known -> seen.add(known.done().orElseThrow()),
        Interruption.NEVER);

    assertThat(seen).containsExactly(Phase.JOIN, Phase.PLACE, Phase.FUSE, Phase.TILE);
  }

  @Test
  void theMappingAndItsProgramAreThoseOfTheShortWay() {
    Mapping mapping = Compiler.map(NETWORK, CORAL, Interruption.NEVER);
    Compilation whole = compile(Phase.SCHEDULE);

    assertThat(whole.mapping()).contains(mapping);
    assertThat(whole.program()).contains(Scheduler.program(mapping, Interruption.NEVER));
  }

  @Test
  void aPhaseIsFoundByItsName() {
    assertThat(Phase.find("allocate")).contains(Phase.ALLOCATE);
    assertThat(Phase.find("alocate")).isEmpty();
    assertThat(Phase.suggest("alocate")).contains(Phase.ALLOCATE);
    assertThat(Phase.suggest("Tiling")).contains(Phase.TILE);
    assertThat(Phase.suggest("")).isEmpty();
    assertThat(Phase.suggest("xyz")).isEmpty();
  }

  @Test
  void noTwoNamesBeginWithOneLetter() {
    assertThat(Stream.of(Phase.values()).map(phase -> phase.toString().charAt(0)))
        .doesNotHaveDuplicates();
  }
}
