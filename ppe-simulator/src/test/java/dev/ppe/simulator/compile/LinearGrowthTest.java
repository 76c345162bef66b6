package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.PerformanceEvaluator;
import dev.ppe.simulator.compile.MemoryPlan.Buffer;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.report.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Twice the operators are twice the work, counted in what is looked at. */
class LinearGrowthTest {
  private static final int OPERATORS = 10_000;

  /** Twice, and a step more of the logarithms that searching and sorting have. */
  private static final double AT_MOST = 2.3;

  /** How buffers live. */
  enum Lives {
    /** From one step to the next. */
    CHAIN {
      @Override
      Buffer buffer(int step, int steps, long bytes) {
        return new Buffer("", 0, bytes, step, Math.min(steps - 1, step + 1));
      }
    },
    /** Every second one for 200 steps: as many as a memory of 192 KiB holds. */
    SKIPS {
      @Override
      Buffer buffer(int step, int steps, long bytes) {
        return new Buffer("", 0, bytes, step, Math.min(steps - 1, step + (step % 2) * 199 + 1));
      }
    },
    /** Every second one for a quarter of all steps, thousands at a time, all of one size. */
    LONG_SKIPS {
      @Override
      Buffer buffer(int step, int steps, long bytes) {
        int last = step + 1 + (step % 2) * steps / 4;
        return new Buffer("", 0, 64, step, Math.min(steps - 1, last));
      }
    },
    /** Until the step that mirrors the one that makes it: half of all, in the middle. */
    NESTED {
      @Override
      Buffer buffer(int step, int steps, long bytes) {
        return new Buffer("", 0, bytes, step, Math.max(step, steps - 1 - step));
      }
    };

    abstract Buffer buffer(int step, int steps, long bytes);
  }

  @ParameterizedTest
  @EnumSource
  void offsetsAreFoundWithoutComparingAllBuffersWithAllOthers(Lives lives) {
    long all = visits(lives, OPERATORS);

    assertThat(all).isLessThan((long) (AT_MOST * visits(lives, OPERATORS / 2)));
  }

  /** Of sizes like those of feature maps, in no order. */
  private static long visits(Lives lives, int steps) {
    Random random = new Random(17);
    List<Buffer> buffers = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      buffers.add(lives.buffer(step, steps, 64L * (1 + random.nextInt(48))));
    }
    Occupancy occupancy = new Occupancy(steps);
    MemoryPlans.assertDisjoint(
        OffsetAllocator.allocate(buffers, occupancy, Interruption.NEVER).subList(0, 500));
    return occupancy.visits();
  }

  @ParameterizedTest
  @CsvSource({"10000, coral-usb", "10000, tensor-g1", "1001, coral-usb", "5001, tensor-g1"})
  void everyLayerIsAskedForAsOftenInALargeNetworkAsInASmallOne(int span, String preset) {
    Accelerator accelerator = Presets.get(preset);
    long half = questions(Networks.withSkips(OPERATORS / 2, span / 2), accelerator);
    long all = questions(Networks.withSkips(OPERATORS, span), accelerator);

    assertThat(all).isGreaterThan(2L * OPERATORS).isLessThan((long) (AT_MOST * half));
  }

  /** Each layer, buffer and thousand events asks whether the answer is still wanted. */
  private static long questions(Graph graph, Accelerator accelerator) {
    AtomicLong asked = new AtomicLong();
    Evaluation evaluation =
        PerformanceEvaluator.evaluate(graph, accelerator, Fidelity.CYCLE, asked::incrementAndGet);
    assertThat(evaluation.layers()).hasSize(graph.nodes().size());
    return asked.get();
  }

  /** As many instructions a layer, but for the few whose parameters the chip has no room for. */
  @Test
  void programsGrowWithTheLayers() {
    Accelerator accelerator = Presets.get("tensor-g1");

    assertThat(instructions(OPERATORS, accelerator))
        .isLessThan((long) (AT_MOST * instructions(OPERATORS / 2, accelerator)));
  }

  private static long instructions(int operators, Accelerator accelerator) {
    return Compiler.compile(
            CanonicalGraph.of(Networks.withSkips(operators, operators / 2 + 1)),
            accelerator,
            Phase.SCHEDULE,
            Interruption.NEVER)
        .program()
        .orElseThrow()
        .instructions()
        .size();
  }
}
