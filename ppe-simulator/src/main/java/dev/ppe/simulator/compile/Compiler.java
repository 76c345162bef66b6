package dev.ppe.simulator.compile;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.hardware.Accelerator;

/** The compiler: a list of phases, each of which adds to what is known. */
public final class Compiler {
  private Compiler() {}

  private static Compilation run(
      Phase phase, Compilation known, TilingMemo memo, Interruption interruption) {
    return switch (phase) {
      case JOIN -> known.joined(GroupConvolutions.join(known.source().graph(), interruption));
      case PLACE -> known.placed(Placer.place(known.graph(), known.accelerator(), interruption));
      case FUSE ->
          known.fused(Fuser.fuse(known.graph(), known.placed(), known.accelerator(), interruption));
      case TILE ->
          known.tiled(
              Tiler.tile(known.graph(), known.layers(), known.accelerator(), memo, interruption));
      case ALLOCATE ->
          known.allocated(
              Allocator.allocate(
                  known.graph(),
                  known.layers(),
                  known.tilings(),
                  known.accelerator(),
                  interruption),
              interruption);
      case SCHEDULE ->
          known.scheduled(Scheduler.program(known.mapping().orElseThrow(), interruption));
    };
  }

  /**
   * Compiles a network.
   *
   * @param source the network
   * @param accelerator what is to run it
   * @param stopAfter the last phase to run
   * @param listener sees what is known after each phase
   * @param memo what is known of layers like its own
   * @param interruption stops the work when it is no longer wanted
   * @throws CompilationException if there is no program, with the node and the reason
   */
  public static Compilation compile(
      CanonicalGraph source,
      Accelerator accelerator,
      Phase stopAfter,
      PhaseListener listener,
      TilingMemo memo,
      Interruption interruption) {
    Compilation known = Compilation.of(source, accelerator);
    for (Phase phase : stopAfter.withAllBefore()) {
      interruption.check();
      known = run(phase, known, memo, interruption);
      listener.after(known);
    }
    interruption.check();
    return known;
  }

  /** The same, with nothing known before. */
  public static Compilation compile(
      CanonicalGraph source,
      Accelerator accelerator,
      Phase stopAfter,
      PhaseListener listener,
      Interruption interruption) {
    return compile(
        source, accelerator, stopAfter, listener, TilingMemo.PER_EVALUATION, interruption);
  }

  /** The same with nobody listening. */
  public static Compilation compile(
      CanonicalGraph source, Accelerator accelerator, Phase stopAfter, Interruption interruption) {
    return compile(source, accelerator, stopAfter, PhaseListener.NONE, interruption);
  }

  /**
   * Maps a network to an accelerator: everything but its program, which not all models need.
   *
   * @param memo what is known of layers like its own
   * @throws CompilationException if there is no mapping, with the node and the reason
   */
  public static Mapping map(
      CanonicalGraph canonical,
      Accelerator accelerator,
      TilingMemo memo,
      Interruption interruption) {
    return compile(canonical, accelerator, Phase.ALLOCATE, PhaseListener.NONE, memo, interruption)
        .mapping()
        .orElseThrow();
  }

  /** The same, with nothing known before. */
  public static Mapping map(
      CanonicalGraph canonical, Accelerator accelerator, Interruption interruption) {
    return map(canonical, accelerator, TilingMemo.PER_EVALUATION, interruption);
  }
}
