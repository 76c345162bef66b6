package dev.ppe.nas.cost;

import dev.ppe.client.PpeClient;
import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.space.Point;
import dev.ppe.nas.spaces.Spaces;
import dev.ppe.nas.topology.ModelSpace;
import dev.ppe.v1.Detail;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Fidelity;
import dev.ppe.wire.GraphCodec;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

public final class Dump {
  public static void main(String[] args) throws Exception {
    ModelSpace models = Spaces.find(args[0]).orElseThrow();
    int n = Integer.parseInt(args[2]);
    Path out = Path.of(args[3]);
    Files.createDirectories(out);
    try (PpeClient client = PpeClient.inProcess(Duration.ofMinutes(1))) {
      EstimateRequest options =
          EstimateRequest.newBuilder()
              .setAcceleratorSpec(client.getAccelerator(args[1]))
              .setFidelity(Fidelity.FIDELITY_CYCLE)
              .setDetail(Detail.DETAIL_SUMMARY)
              .build();
      long t = System.nanoTime();
      SpaceParts parts = SpaceParts.of(models);
      System.out.println("parts " + (System.nanoTime() - t) / 1e9 + " groups " + parts.layout().size() + " rows " + parts.layout().rows());
      parts.layout().groups().forEach(g -> {
        StringBuilder b = new StringBuilder(g.name() + " " + g.size());
        for (int p : g.parameters()) b.append(' ').append(models.space().parameters().get(p).name());
        System.out.println(b);
      });
      t = System.nanoTime();
      List<Quantity> q = new ArrayList<>(PartQuantities.of(parts));
      System.out.println("quantities " + (System.nanoTime() - t) / 1e9);
      t = System.nanoTime();
      Map<Metric, Quantity> m = new BlockMeter(client::estimate, options, 2).measure(parts, List.of(Metric.LATENCY, Metric.ENERGY));
      q.addAll(m.values());
      System.out.println("measure " + (System.nanoTime() - t) / 1e9);
      double[][] v = q.stream().map(Quantity::values).toArray(double[][]::new);
      try (PrintWriter w = new PrintWriter(out.resolve("quantities.csv").toFile())) {
        for (int r = 0; r < parts.layout().rows(); r++) {
          int row = r;
          w.println(String.join(",", IntStream.range(0, v.length).mapToObj(i -> Double.toString(v[i][row])).toList()));
        }
      }
      SplittableRandom random = new SplittableRandom(1);
      List<Point> points = new ArrayList<>();
      for (int i = 0; i < n; i++) points.add(models.space().sample(random));
      t = System.nanoTime();
      EstimateResponse[] answers = new EstimateResponse[n];
      IntStream.range(0, n).parallel().forEach(i -> answers[i] = client.estimate(options.toBuilder().setGraph(GraphCodec.encode(models.graph(points.get(i)))).build()));
      System.out.println("label " + (System.nanoTime() - t) / 1e9);
      try (PrintWriter w = new PrintWriter(out.resolve("samples.csv").toFile())) {
        for (int i = 0; i < n; i++) {
          EstimateResponse a = answers[i];
          StringBuilder b = new StringBuilder();
          b.append(a.getLatencyUs()).append(',').append(a.getEnergyUj()).append(',').append(a.getMemory().getPeMemoryPeakBytes()).append(',').append(a.getMemory().getParamsCachedBytes()).append(',').append(a.getMemory().getParamsStreamedBytes()).append(',').append(a.getCycles()).append(',').append(a.getMacs());
          for (int c : points.get(i).encoding()) b.append(',').append(c);
          for (int r : parts.layout().rows(points.get(i))) b.append(',').append(r);
          w.println(b);
        }
      }
    }
  }
}
