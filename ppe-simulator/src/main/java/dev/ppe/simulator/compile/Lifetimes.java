package dev.ppe.simulator.compile;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.Graph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * From when to when each activation on the accelerator is needed. Steps are positions of layers. A
 * view shares the bytes, and so the life, of what it views: its root.
 */
final class Lifetimes {
  private final int[] root;
  private final int[] first;
  private final int[] last;
  private final int[] lastRead; // without what is kept longer than it is read
  private final int[] working; // for each step, the layers on the way to it that are no views
  private final boolean[] made; // by a layer on the accelerator

  private Lifetimes(int tensors, int steps) {
    this.root = new int[tensors];
    this.first = new int[tensors];
    this.last = new int[tensors];
    this.working = new int[steps];
    this.made = new boolean[tensors];
    Arrays.setAll(root, tensor -> tensor);
    Arrays.fill(first, Integer.MAX_VALUE);
    Arrays.fill(last, -1);
    this.lastRead = last.clone();
  }

  /**
   * Of all activations.
   *
   * @param wordChannels no more channels than this make a map an image, which stays for one layer
   *     more; 0 where none does
   */
  static Lifetimes of(
      Graph graph,
      List<Layer> layers,
      List<Optional<Tiling>> tilings,
      int wordChannels,
      Interruption interruption) {
    Lifetimes lifetimes = new Lifetimes(graph.tensors().size(), layers.size());
    int count = 0;
    for (int step = 0; step < layers.size(); step++) {
      interruption.check();
      boolean view = tilings.get(step).filter(Tiling::isView).isPresent();
      count += view ? 0 : 1;
      lifetimes.working[step] = count;
      if (layers.get(step).onAccelerator()) {
        lifetimes.use(layers.get(step), step, view);
      }
    }
    System.arraycopy(lifetimes.last, 0, lifetimes.lastRead, 0, lifetimes.last.length);
    lifetimes.keepImages(graph, layers, wordChannels);
    return lifetimes;
  }

  private void use(Layer layer, int step, boolean view) {
    if (view && !layer.inputs().isEmpty()) {
      root[layer.outputs().getFirst()] = root[layer.inputs().getFirst()];
    }
    layer.inputs().forEach(tensor -> touch(tensor, step));
    for (int tensor : layer.outputs()) {
      touch(tensor, step);
      made[tensor] = true;
    }
  }

  private void touch(int tensor, int step) {
    first[root[tensor]] = Math.min(first[root[tensor]], step);
    last[root[tensor]] = Math.max(last[root[tensor]], step);
  }

  /** Images of few channels stay for one layer more. */
  private void keepImages(Graph graph, List<Layer> layers, int wordChannels) {
    for (int input : graph.inputs()) {
      int tensor = root[input];
      boolean image = graph.tensor(tensor).shape().innermost() <= wordChannels;
      if (lives(tensor) && image && last[tensor] + 1 < layers.size()) {
        last[tensor] += layers.get(last[tensor] + 1).onAccelerator() ? 1 : 0;
      }
    }
  }

  /** How many tensors there are, on the accelerator or not. */
  int tensors() {
    return root.length;
  }

  /** The tensor whose bytes it has; itself if they are its own. */
  int root(int tensor) {
    return root[tensor];
  }

  /** Whether it has bytes of its own that the accelerator needs at some time. */
  boolean lives(int tensor) {
    return root[tensor] == tensor && last[tensor] >= 0;
  }

  /** The step of the first layer that needs a root. */
  int first(int tensor) {
    return first[tensor];
  }

  /** The step of the last one. */
  int last(int tensor) {
    return last[tensor];
  }

  /** Whether a layer on the accelerator makes it; the host has all others. */
  boolean made(int tensor) {
    return made[tensor];
  }

  /** The step of the last layer that reads it, or of the one that makes it if none does. */
  int lastRead(int tensor) {
    return lastRead[tensor];
  }

  /** Whether one layer alone reads a root, and follows at once if another makes it. */
  boolean isForOneLayer(int tensor) {
    int layersBetween = working[lastRead[tensor]] - working[first[tensor]];
    return layersBetween <= (made[tensor] ? 1 : 0);
  }

  /** The roots that begin at each step. */
  List<List<Integer>> beginning(Interruption interruption) {
    return byStep(first, interruption);
  }

  /** The roots that end at each step. */
  List<List<Integer>> ending(Interruption interruption) {
    return byStep(last, interruption);
  }

  private List<List<Integer>> byStep(int[] step, Interruption interruption) {
    List<List<Integer>> result = new ArrayList<>(working.length);
    for (int i = 0; i < working.length; i++) {
      interruption.checkAt(i);
      result.add(new ArrayList<>());
    }
    for (int tensor = 0; tensor < step.length; tensor++) {
      interruption.checkAt(tensor);
      if (lives(tensor)) {
        result.get(step[tensor]).add(tensor);
      }
    }
    return result;
  }
}
