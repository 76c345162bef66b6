package dev.ppe.simulator.compile.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.compile.Compilation;
import dev.ppe.simulator.compile.MemoryPlan;
import dev.ppe.simulator.compile.MemoryPlan.Buffer;
import dev.ppe.simulator.compile.Phase;
import dev.ppe.simulator.hardware.Presets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class AllocateVerifierTest {
  private final Compilation right = Broken.right(TinyNetwork.graph(), Presets.get("coral-usb"));
  private final MemoryPlan plan = right.mapping().orElseThrow().memory();

  private List<String> faults(UnaryOperator<MemoryPlan> change) {
    return Verification.faults(Phase.ALLOCATE, Broken.memory(right, change));
  }

  private int index(String what) {
    List<String> names = plan.buffers().stream().map(Buffer::what).toList();
    assertThat(names).contains(what);
    return names.indexOf(what);
  }

  private List<Buffer> moved(String what, long offset) {
    Buffer b = plan.buffers().get(index(what));
    Buffer moved = new Buffer(what, offset, b.bytes(), b.firstStep(), b.lastStep());
    return Broken.with(plan.buffers(), index(what), moved);
  }

  @Test
  void buffersThatLiveTogetherLieApart() {
    long offset = plan.buffers().get(index("relu")).offset();

    assertThat(faults(p -> Broken.buffers(p, moved("depthwise", offset))))
        .contains("\"relu\" and \"depthwise\" hold the same bytes at layer 1");
  }

  @Test
  void buffersEndWithinTheMemory() {
    assertThat(faults(p -> Broken.buffers(p, moved("relu", 196_600))))
        .anyMatch(fault -> fault.matches("\"relu\" ends at byte \\d+ of 196608"));
    assertThat(faults(p -> Broken.buffers(p, moved("relu", -1))))
        .anyMatch(fault -> fault.startsWith("\"relu\" ends at byte"));
  }

  @Test
  void thePeakAndItsLowerBoundAreTheBuffers() {
    long peak = plan.peakBytes();
    long bound = plan.lowerBoundBytes();

    assertThat(faults(p -> Broken.bounds(p, peak + 1, bound)))
        .containsExactly("peak of PE memory: %d instead of %d".formatted(peak + 1, peak));
    assertThat(faults(p -> Broken.bounds(p, peak, bound - 1)))
        .containsExactly("lower bound of PE memory: %d instead of %d".formatted(bound - 1, bound));
    assertThat(faults(p -> Broken.bounds(p, bound - 1, bound)))
        .contains("the peak of PE memory is below its lower bound");
  }

  @Test
  void operandsHaveTheirBuffersForAsLongAsTheyAreRead() {
    assertThat(faults(p -> Broken.buffers(p, Broken.without(p.buffers(), index("relu")))))
        .contains(
            "\"relu\" is nowhere at layer 0 \"conv\"",
            "\"relu\" is nowhere at layer 1 \"depthwise\"",
            "\"relu\" is nowhere at layer 2 \"sum\"");
    Buffer b = plan.buffers().get(index("relu"));
    Buffer shorter = new Buffer(b.what(), b.offset(), b.bytes(), b.firstStep(), b.lastStep() - 1);
    assertThat(faults(p -> Broken.buffers(p, Broken.with(p.buffers(), index("relu"), shorter))))
        .contains("\"relu\" is nowhere at layer 2 \"sum\"");
  }

  @Test
  void whatOverflowsHasNoBuffer() {
    int relu = right.layers().getFirst().outputs().getFirst();

    assertThat(faults(p -> Broken.places(p, Broken.with(p.overflowing(), relu, true), p.offChip())))
        .contains("\"relu\" is in PE memory and elsewhere at layer 0 \"conv\"");
    assertThat(faults(p -> Broken.places(p, p.overflowing(), Broken.with(p.offChip(), relu, true))))
        .contains("\"relu\" is elsewhere though there is room");
  }

  @Test
  void cachedParametersFit() {
    AtomicLong room = new AtomicLong();
    List<String> faults =
        faults(
            p -> {
              room.set(8_262_778 - p.takenBytes()); // beside the instructions
              return Broken.parameters(
                  p, Broken.with(p.parameterBytes(), 0, 9_000_000L), p.cached());
            });
    assertThat(faults)
        .anyMatch(fault -> fault.endsWith("of parameters stay where there are " + room));
  }

  @Test
  void parametersComeFromSomewhereAndOnlyWhereThereAreAny() {
    assertThat(
            faults(p -> Broken.parameters(p, Broken.with(p.parameterBytes(), 2, 64L), p.cached())))
        .containsExactly("layer \"sum\" has no parameters and keeps some");
    assertThat(
            faults(
                p ->
                    Broken.parameters(
                        p,
                        Broken.with(p.parameterBytes(), 0, 0L),
                        Broken.with(p.cached(), 0, false))))
        .containsExactly("layer \"conv\" has its parameters from nowhere");
  }
}
