package dev.ppe.simulator.compile;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Grid;
import java.util.List;
import java.util.Optional;

/**
 * How many bytes of each tensor one PE holds. Feature maps lie over the grid in rows and columns,
 * and a PE holds its own tile and, around it, what its share of the readers' outputs needs: the
 * tile is written where the halo will be put. Vectors are in every PE whole, as all of them read
 * them. Channels are padded to words; where a padding makes a map of no more than a word's
 * channels, each position takes as many words as a dot product has inputs. These are the sizes that
 * the vendor's compiler plans with (docs/validation.md, PE memory).
 */
final class Residence {
  private final Graph graph;
  private final Accelerator accelerator;
  private final long[] tile; // as it lies itself
  private final long[] place; // for its views as well
  private final long[] passing; // beside them while a view is laid out, by view
  private final long[] widest; // columns of the widest tile
  private final boolean[] padded; // whether a padding makes a map of few channels

  private Residence(Graph graph, Accelerator accelerator) {
    this.graph = graph;
    this.accelerator = accelerator;
    this.tile = new long[graph.tensors().size()];
    this.place = new long[graph.tensors().size()];
    this.passing = new long[graph.tensors().size()];
    this.widest = new long[graph.tensors().size()];
    this.padded = new boolean[graph.tensors().size()];
  }

  static Residence of(
      Graph graph, List<Layer> layers, Accelerator accelerator, Interruption interruption) {
    Residence residence = new Residence(graph, accelerator);
    for (Layer layer : layers) {
      interruption.check();
      if (layer.onAccelerator()) {
        if (graph.nodes().get(layer.main()).operator() instanceof Operator.Pad) {
          layer.outputs().forEach(output -> residence.padded[output] = residence.isImage(output));
        }
        layer.outputs().forEach(residence::written);
      }
    }
    for (Layer layer : layers) {
      interruption.check();
      if (layer.onAccelerator()) {
        residence.read(layer);
      }
    }
    System.arraycopy(residence.tile, 0, residence.place, 0, residence.place.length);
    for (Layer layer : layers.reversed()) { // what views view comes after them
      interruption.check();
      if (layer.onAccelerator() && Relayout.isView(graph, layer)) {
        residence.view(layer);
      }
    }
    return residence;
  }

  /** What a layer makes: of a vector that only the host reads, its share of the channels. */
  private void written(int tensor) {
    Shape shape = graph.tensor(tensor).shape();
    long channels = Math.max(1, shape.innermost());
    int lanes = accelerator.core().outputs();
    tile[tensor] =
        shape.elements() == channels
            ? graph
                .tensor(tensor)
                .type()
                .bytes(
                    Math.min(
                        roundUp(channels, accelerator.core().inputs()),
                        Math.ceilDiv(channels, (long) lanes * accelerator.grid().pes()) * lanes))
            : tileUnder(tensor, Optional.empty());
  }

  /**
   * Where the rows of an input lie that the host sends, before columns of their neighbours join
   * them; images of few channels arrive with their neighbours' columns at once, through a line of
   * weights' length for each channel.
   */
  long landingBytes(int tensor) {
    Shape shape = graph.tensor(tensor).shape();
    if (isImage(tensor)) {
      return (long) shape.innermost() * accelerator.core().outputs() * accelerator.core().inputs();
    }
    if (shape.rank() != 4) {
      return 0;
    }
    long columns =
        MapReader.longest(shape.dim(2), accelerator.grid().columns(), Optional.empty(), false);
    return columns == 0 ? 0 : tile[tensor] / widest[tensor] * columns;
  }

  /** Whether a map has no more channels than one dot product takes. */
  private boolean isImage(int tensor) {
    Shape shape = graph.tensor(tensor).shape();
    return shape.rank() == 4
        && shape.innermost() > 0
        && shape.innermost() <= accelerator.core().inputs();
  }

  /**
   * A view has the place of what it views, which is as large as either needs. One that lies
   * otherwise comes to it through all of what it views: a PE has that whole before it takes its
   * share. A vector that a layer reads is whole in every PE, in the words in which it came.
   */
  private void view(Layer layer) {
    int from = layer.inputs().getFirst();
    int to = layer.outputs().getFirst();
    if (Relayout.liesOtherwise(graph, layer)) {
      long whole = whole(graph.tensor(from));
      Tensor view = graph.tensor(to);
      boolean everywhere =
          Relayout.isVector(view.shape()) && tile[to] >= view.type().bytes(view.shape().elements());
      place[to] = Math.max(place[to], everywhere ? whole : 0);
      passing[to] = tile[from] + (everywhere ? 0 : whole);
    }
    place[from] = Math.max(place[from], place[to]);
  }

  private long whole(Tensor viewed) {
    long innermost = Math.max(1, viewed.shape().innermost());
    long positions = viewed.shape().elements() / innermost;
    return viewed.type().bytes(positions * roundUp(innermost, accelerator.core().inputs()));
  }

  /** Bytes of a tensor, as it lies itself, in the PE that holds most. */
  long tileBytes(int tensor) {
    return tile[tensor];
  }

  /** Bytes of the place that a tensor has there: its views may need more than it does itself. */
  long placeBytes(int tensor) {
    return place[tensor];
  }

  /** What passes through a PE while a view is laid out anew, beside its own place. */
  long passingBytes(int view) {
    return passing[view];
  }

  private void read(Layer layer) {
    Optional<MapReader> reader = MapReader.of(graph, layer);
    for (int input : layer.inputs()) {
      Optional<MapReader> slides =
          layer.isOnlyAdded(graph, input) ? Optional.<MapReader>empty() : reader;
      tile[input] = Math.max(tile[input], tileUnder(input, slides));
    }
  }

  private long tileUnder(int index, Optional<MapReader> reader) {
    Tensor tensor = graph.tensor(index);
    Shape shape = tensor.shape();
    int word = accelerator.core().inputs();
    long innermost = Math.max(1, shape.innermost());
    long wide = roundUp(innermost, word) * (padded[index] ? word : 1);
    long positions = shape.elements() / innermost;
    Grid grid = accelerator.grid();
    if (shape.rank() != 4) {
      // Rows of vectors are shared out; a single one is everywhere.
      return tensor.type().bytes(wide * shareOfVectors(shape, positions, grid));
    }
    long rows = MapReader.longest(shape.dim(1), grid.rows(), reader, true);
    long columns = MapReader.longest(shape.dim(2), grid.columns(), reader, false);
    widest[index] = Math.max(widest[index], columns);
    return tensor.type().bytes(shape.dim(0) * rows * columns * wide);
  }

  /**
   * Of rows of vectors: a row of a map, over the columns of the grid, where maps lie over it as
   * they are, and else over all PEs.
   */
  private static long shareOfVectors(Shape shape, long positions, Grid grid) {
    if (grid.split() == Grid.Split.SPATIAL && (shape.rank() == 2 || shape.rank() == 3)) {
      long columns = shape.dim(shape.rank() - 2);
      return columns == 0 ? 0 : positions / columns * Math.ceilDiv(columns, (long) grid.columns());
    }
    return Math.ceilDiv(positions, (long) grid.pes());
  }

  private static long roundUp(long value, long multiple) {
    return Math.ceilDiv(value, multiple) * multiple;
  }
}
