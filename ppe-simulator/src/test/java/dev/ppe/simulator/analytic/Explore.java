package dev.ppe.simulator.analytic;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.activity.Activity;
import dev.ppe.simulator.compile.*;
import dev.ppe.simulator.graph.*;
import dev.ppe.simulator.hardware.*;
import dev.ppe.simulator.simulate.Machine;
import dev.ppe.simulator.validation.subject.SearchSpaces;
import dev.ppe.simulator.zoo.*;
import java.util.*;

public class Explore {
  static Accelerator acc(String p) {
    return switch (p) {
      case "small" -> AcceleratorBuilder.small().contiguousRegion(false).build();
      case "small8k" ->
          AcceleratorBuilder.small().peMemoryBytes(8 << 10).contiguousRegion(false).build();
      case "smalldram" ->
          AcceleratorBuilder.small().dram(1_000_000_000, 10).peMemoryBytes(8 << 10).build();
      case "smallshared" ->
          AcceleratorBuilder.small()
              .dram(4_000_000_000L, 50)
              .withoutHostLink()
              .peMemoryBytes(8 << 10)
              .build();
      case "smallsharednp" ->
          AcceleratorBuilder.small()
              .hiding(true, false)
              .dram(4_000_000_000L, 50)
              .withoutHostLink()
              .peMemoryBytes(8 << 10)
              .build();
      case "g1prefetch" -> AcceleratorBuilder.like("tensor-g1").hiding(true, true).build();
      case "g1-32k" -> AcceleratorBuilder.like("tensor-g1").peMemoryBytes(32 << 10).build();
      case "g1-32k-prefetch" ->
          AcceleratorBuilder.like("tensor-g1").hiding(true, true).peMemoryBytes(32 << 10).build();
      default -> Presets.get(p);
    };
  }

  public static void main(String[] a) {
    int n = Integer.parseInt(a[0]);
    List<Graph> graphs = new ArrayList<>();
    List<Graph> zoo = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      graphs.add(SearchSpaces.cell(i));
    }
    for (int i = 0; i < n; i++) {
      graphs.add(SearchSpaces.bottlenecks(i));
    }
    for (ZooModel m : Zoo.models()) zoo.add(m.graph());
    List<String> ps =
        a.length > 1 ? List.of(a).subList(1, a.length) : new ArrayList<>(Presets.names());
    for (String p : ps)
      for (List<Graph> set : List.of(graphs.subList(0, n), graphs.subList(n, 2 * n), zoo)) {
        Accelerator acc = acc(p);
        double sum = 0, worst = 0;
        String which = "";
        int exact = 0;
        int below = 0, above = 0;
        long tA = 0, tC = 0;
        for (Graph g : set) {
          Mapping m = Compiler.map(CanonicalGraph.of(g), acc, Interruption.NEVER);
          long t0 = System.nanoTime();
          Activity an = AnalyticalModel.inference(m, Interruption.NEVER);
          long t1 = System.nanoTime();
          Activity cy = Machine.run(Scheduler.program(m, Interruption.NEVER), Interruption.NEVER);
          long t2 = System.nanoTime();
          tA += t1 - t0;
          tC += t2 - t1;
          double e = (double) (an.cycles() - cy.cycles()) / cy.cycles();
          if (an.cycles() == cy.cycles()) {
            exact++;
            if (!an.equals(cy)) {
              if (which.isEmpty()) which = "!layers of " + g.name();
            }
          } else if (e < 0) below++;
          else above++;
          sum += Math.abs(e);
          if (Math.abs(e) > Math.abs(worst)) {
            worst = e;
            which = g.name();
          }
        }
        System.out.printf(
            "%-20s n=%d exact=%d below=%d above=%d mean=%.4f%% worst=%.3f%% %s   analytic %.1f us, cycle %.1f us%n",
            p,
            set.size(),
            exact,
            below,
            above,
            100 * sum / set.size(),
            100 * worst,
            which,
            tA / 1e3 / set.size(),
            tC / 1e3 / set.size());
      }
  }
}
