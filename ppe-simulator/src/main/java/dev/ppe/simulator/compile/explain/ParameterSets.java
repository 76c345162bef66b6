package dev.ppe.simulator.compile.explain;

import dev.ppe.simulator.compile.Layer;
import dev.ppe.simulator.compile.Mapping;
import dev.ppe.simulator.compile.ParameterPlacement;
import dev.ppe.simulator.compile.explain.ExplainedParameters.Place;
import dev.ppe.simulator.job.LoopOrder;
import java.util.ArrayList;
import java.util.List;

/** Says of each layer's parameters where they are from one inference to the next, and why. */
final class ParameterSets {
  private final Mapping mapping;

  private ParameterSets(Mapping mapping) {
    this.mapping = mapping;
  }

  static List<ExplainedParameters> of(Mapping mapping) {
    ParameterSets sets = new ParameterSets(mapping);
    List<ExplainedParameters> result = new ArrayList<>();
    for (int index = 0; index < mapping.layers().size(); index++) {
      if (!mapping.layers().get(index).parameters().isEmpty()
          || mapping.memory().parameterBytes().get(index) > 0) {
        result.add(sets.set(index));
      }
    }
    return List.copyOf(result);
  }

  private ExplainedParameters set(int index) {
    Layer layer = mapping.layers().get(index);
    ParameterPlacement placement = mapping.memory().parameterPlacements().get(index);
    long stored = mapping.memory().parameterBytes().get(index);
    Place place =
        switch (placement) {
          case ParameterPlacement.None none -> Place.HOST;
          case ParameterPlacement.Cached cached -> Place.CACHED;
          case ParameterPlacement.Shared shared -> Place.SHARED;
          case ParameterPlacement.NoCache no -> Place.STREAMED;
          case ParameterPlacement.Operand operand -> Place.STREAMED;
          case ParameterPlacement.NoRoom no -> Place.STREAMED;
          case ParameterPlacement.NoRoomInOnePe no -> Place.STREAMED;
          case ParameterPlacement.OwnerStreams owner -> Place.STREAMED;
        };
    boolean again =
        place == Place.STREAMED && mapping.passes(index).order() == LoopOrder.ACTIVATIONS_OUTER;
    int passes = again ? mapping.passes(index).passes() : 1;
    return new ExplainedParameters(
        index,
        layer.name(),
        layer.parameters().size(),
        layer.parameters().stream().mapToLong(p -> mapping.graph().tensor(p).bytes()).sum(),
        stored,
        place,
        why(placement, stored)
            + (passes > 1 ? "; fetched in each of %d passes".formatted(passes) : ""));
  }

  private String why(ParameterPlacement placement, long stored) {
    return switch (placement) {
      case ParameterPlacement.None none -> "the host runs the layer";
      case ParameterPlacement.Cached(long room) ->
          "fits: %s were left, largest first".formatted(Words.bytes(room));
      case ParameterPlacement.Shared(int owner) ->
          "stored for " + Words.layer(mapping.layers(), owner);
      case ParameterPlacement.NoCache no -> "there is no memory to keep any";
      case ParameterPlacement.Operand operand ->
          "an operand of the vector unit, as activations are";
      case ParameterPlacement.NoRoom(long room) ->
          "does not fit by %s: %s were left, largest first"
              .formatted(Words.bytes(stored - room), Words.bytes(room));
      case ParameterPlacement.NoRoomInOnePe(long share, long part) ->
          "one PE's share and what it has, %s, do not fit by %s"
              .formatted(Words.bytes(share), Words.bytes(share - part));
      case ParameterPlacement.OwnerStreams(int owner) ->
          "shared with %s, whose do not stay".formatted(Words.layer(mapping.layers(), owner));
    };
  }
}
