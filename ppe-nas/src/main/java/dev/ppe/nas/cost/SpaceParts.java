package dev.ppe.nas.cost;

import dev.ppe.nas.space.Parameter;
import dev.ppe.nas.space.SearchSpace;
import dev.ppe.nas.topology.Chain;
import dev.ppe.nas.topology.ChainLayer;
import dev.ppe.nas.topology.ModelSpace;
import dev.ppe.simulator.graph.Graph;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parts that the cost of a space's networks is taken to be made of. Of a chain, each layer or
 * block with all that it depends on. Of other topologies, the parameters that have a name in common
 * up to the last dot; pairs of them where there are too many combinations, and pairs of all where
 * names have no dots.
 *
 * @param layout a group for each part
 * @param layers the layer of each group; empty where a group is none
 */
record SpaceParts(Layout layout, List<Optional<LayerPart>> layers) {
  /** So many combinations are a group; more are taken in pairs. */
  private static final int LARGEST_WHOLE = 4096;

  SpaceParts {
    layers = List.copyOf(layers);
  }

  static SpaceParts of(ModelSpace models) {
    return models.topology() instanceof Chain chain
        ? ofChain(models.space(), chain)
        : ofNames(models.space());
  }

  /** What is done with the network of a part at each of its rows. */
  interface NetworkVisitor {
    void visit(int row, Graph network);
  }

  /** Builds each layer alone, for each combination of choices that points may have. */
  void forEachNetwork(NetworkVisitor visitor) {
    for (int g = 0; g < layers.size(); g++) {
      if (layers.get(g).isPresent()) {
        LayerPart part = layers.get(g).get();
        for (int code : part.codes()) {
          int row = layout.offset(g) + code;
          part.network(code).ifPresent(network -> visitor.visit(row, network));
        }
      }
    }
  }

  private static SpaceParts ofChain(SearchSpace space, Chain chain) {
    List<Parameter> parameters = space.parameters();
    List<ChoiceGroup> groups = new ArrayList<>();
    List<Optional<LayerPart>> layers = new ArrayList<>();
    ShapeTable shape = ShapeTable.of(parameters, 1, chain.resolution(), chain.resolution(), 3);
    ShapeTable unknown = new ShapeTable(shape.group(), List.of(Optional.empty()));
    for (ChainLayer layer : chain.layers()) {
      Optional<LayerPart> part = LayerPart.of(space, layer, shape);
      if (part.isEmpty()) {
        pairs(groups, layer.name(), parameters, LayerPart.reads(parameters, layer));
        shape = unknown;
      } else if (part.get().group().width() > 0) { // else its cost is always the same
        groups.add(part.get().group());
        shape = part.get().output(parameters);
      } else {
        shape = part.get().output(parameters);
      }
      while (layers.size() < groups.size()) {
        layers.add(part);
      }
    }
    return new SpaceParts(new Layout(groups), layers);
  }

  private static SpaceParts ofNames(SearchSpace space) {
    List<Parameter> parameters = space.parameters();
    Map<String, List<Integer>> families = new LinkedHashMap<>();
    for (int i = 0; i < parameters.size(); i++) {
      String name = parameters.get(i).name();
      String family = name.substring(0, Math.max(0, name.lastIndexOf('.')));
      families.computeIfAbsent(family, key -> new ArrayList<>()).add(i);
    }
    List<ChoiceGroup> groups = new ArrayList<>();
    families.forEach(
        (family, members) -> {
          if (!family.isEmpty() && ChoiceGroup.size(parameters, members) <= LARGEST_WHOLE) {
            groups.add(ChoiceGroup.of(family, parameters, members));
          } else {
            pairs(groups, family.isEmpty() ? "pair" : family, parameters, members);
          }
        });
    return new SpaceParts(
        new Layout(groups), groups.stream().map(group -> Optional.<LayerPart>empty()).toList());
  }

  /** Groups of two each; of one, where there is but one or two have too many combinations. */
  private static void pairs(
      List<ChoiceGroup> groups,
      String name,
      List<Parameter> parameters,
      Collection<Integer> members) {
    List<Integer> all = List.copyOf(members);
    for (int i = 0; i < all.size(); i++) {
      boolean paired = false;
      for (int j = 0; j < all.size(); j++) {
        List<Integer> pair = List.of(all.get(i), all.get(j));
        if (i != j && ChoiceGroup.size(parameters, pair) <= LARGEST_WHOLE) {
          paired = true;
          if (i < j) {
            groups.add(ChoiceGroup.of("%s.%d-%d".formatted(name, i, j), parameters, pair));
          }
        }
      }
      if (!paired) {
        groups.add(ChoiceGroup.of("%s.%d".formatted(name, i), parameters, List.of(all.get(i))));
      }
    }
  }
}
