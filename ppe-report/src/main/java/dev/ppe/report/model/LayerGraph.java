package dev.ppe.report.model;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.NodeOrder;
import dev.ppe.v1.Layer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How an answer's layers hang together, found in the network by the names of their main nodes.
 *
 * <p>A node that is no layer's main one was fused into a layer or left out: what it reads from
 * several layers it was fused into the last of them, and those before are operands of that one.
 *
 * @param known whether it was found in a network; otherwise the layers stand in a row
 * @param edges from the layer that makes a tensor to one that reads it; by reader, each once
 * @param details of each layer, in the layers' order
 */
public record LayerGraph(boolean known, List<Edge> edges, List<LayerDetail> details) {
  /** From one layer to another, by their places among the layers. */
  public record Edge(int from, int to) implements Comparable<Edge> {
    @Override
    public int compareTo(Edge other) {
      int byTo = Integer.compare(to, other.to);
      return byTo != 0 ? byTo : Integer.compare(from, other.from);
    }
  }

  public LayerGraph {
    edges = List.copyOf(edges);
    details = List.copyOf(details);
  }

  /** The edges to layers from {@code first} up to {@code end}. */
  List<Edge> into(int first, int end) {
    return edges.subList(place(first), place(end));
  }

  /** Of the first edge to {@code layer} or one after it. */
  private int place(int layer) {
    return -1 - Collections.binarySearch(edges, new Edge(-1, layer));
  }

  /** Layers of an unknown network, one after the other. */
  static LayerGraph row(int layers) {
    List<Edge> edges = new ArrayList<>();
    List<LayerDetail> details = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      details.add(LayerDetail.UNKNOWN);
      if (i > 0) {
        edges.add(new Edge(i - 1, i));
      }
    }
    return new LayerGraph(false, edges, details);
  }

  /** Layers of a verified network. */
  static LayerGraph of(Graph graph, List<Layer> layers) {
    int[] order = NodeOrder.topological(graph);
    Map<Integer, Integer> layerOf = layersByNode(graph, order, layers);
    if (layerOf.isEmpty()) {
      return row(layers.size());
    }
    List<LayerDetail> details = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      details.add(LayerDetail.UNKNOWN);
    }
    List<SortedSet<Integer>> makers = new ArrayList<>();
    graph.tensors().forEach(tensor -> makers.add(new TreeSet<>()));
    SortedSet<Edge> edges = new TreeSet<>();
    for (int index : order) {
      Node node = graph.nodes().get(index);
      SortedSet<Integer> sources = new TreeSet<>();
      for (int input : node.inputs()) {
        if (input != Node.ABSENT) {
          sources.addAll(makers.get(input));
        }
      }
      int layer = layerOf.getOrDefault(index, sources.isEmpty() ? -1 : sources.last());
      if (layer < 0) {
        continue; // it works on inputs and constants alone, for a layer that is yet to come
      }
      if (layerOf.containsKey(index)) {
        details.set(layer, LayerDetail.of(graph, node));
      }
      sources.stream()
          .filter(source -> source != layer)
          .forEach(source -> edges.add(new Edge(source, layer)));
      node.outputs().forEach(output -> makers.get(output).add(layer));
    }
    return new LayerGraph(true, List.copyOf(edges), details);
  }

  /** Of layers that share a name each takes the next node that has it. */
  private static Map<Integer, Integer> layersByNode(Graph graph, int[] order, List<Layer> layers) {
    Map<String, Deque<Integer>> nodes = new HashMap<>();
    for (int index : order) {
      nodes.computeIfAbsent(graph.nodes().get(index).name(), n -> new ArrayDeque<>()).add(index);
    }
    Map<Integer, Integer> layerOf = new HashMap<>();
    for (int i = 0; i < layers.size(); i++) {
      Deque<Integer> named = nodes.getOrDefault(layers.get(i).getName(), new ArrayDeque<>());
      if (!named.isEmpty()) {
        layerOf.put(named.remove(), i);
      }
    }
    return layerOf;
  }
}
