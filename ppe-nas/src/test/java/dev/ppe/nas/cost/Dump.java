package dev.ppe.nas.cost;

import dev.ppe.client.PpeClient;
import dev.ppe.nas.objective.*;
import dev.ppe.nas.space.Point;
import dev.ppe.nas.spaces.Spaces;
import dev.ppe.nas.topology.ModelSpace;
import dev.ppe.v1.*;
import dev.ppe.wire.GraphCodec;
import java.nio.file.*;
import java.time.Duration;
import java.util.*;
import java.util.stream.IntStream;

public final class Dump {
  public static void main(String[] args) throws Exception {
    ModelSpace models = Spaces.find(args[0]).orElseThrow();
    int n = Integer.parseInt(args[2]);
    try (PpeClient client = PpeClient.inProcess(Duration.ofMinutes(1))) {
      EstimateRequest options =
          EstimateRequest.newBuilder()
              .setAcceleratorSpec(client.getAccelerator(args[1]))
              .setFidelity(Fidelity.FIDELITY_CYCLE)
              .build();
      SplittableRandom random = new SplittableRandom(1);
      List<Sample> all = new ArrayList<>();
      List<Point> points = new ArrayList<>();
      for (int i = 0; i < n; i++) points.add(models.space().sample(random));
      long t = System.nanoTime();
      Path cache = Path.of(args[3]);
      if (Files.exists(cache)) {
        int i = 0;
        for (String line : Files.readAllLines(cache)) {
          String[] f = line.split(",");
          all.add(new Sample(i, points.get(i), new Metrics(Map.of(Metric.LATENCY, Double.valueOf(f[0]), Metric.ENERGY, Double.valueOf(f[1]), Metric.MEMORY, Double.valueOf(f[2])))));
          i++;
        }
      } else {
      EstimateResponse[] answers = new EstimateResponse[n];
      IntStream.range(0, n).parallel().forEach(i -> answers[i] = client.estimate(options.toBuilder().setDetail(Detail.DETAIL_SUMMARY).setGraph(GraphCodec.encode(models.graph(points.get(i)))).build()));
      StringBuilder b = new StringBuilder();
      for (EstimateResponse a : answers) b.append(a.getLatencyUs()+","+a.getEnergyUj()+","+a.getMemory().getPeMemoryPeakBytes()+"\n");
      Files.writeString(cache, b);
      main(args); return;
      }
      System.out.println("label " + (System.nanoTime() - t) / 1e9);
      List<Metric> metrics = List.of(Metric.LATENCY, Metric.ENERGY, Metric.MEMORY);
      CostTrainer trainer = CostTrainer.of(models, metrics, new BlockMeter(client::estimate, options, 2), 1);
      Samples samples = Samples.of(all);
      for (Metric metric : metrics) for (ModelKind kind : List.of(ModelKind.BOOSTED)) for (int size : new int[] {100, 1000, 3000}) {
        if (size > samples.learn().size()) continue;
        if (kind == ModelKind.TABLE && !trainer.hasBlocks()) continue;
        t = System.nanoTime();
        Predictor p = trainer.train(kind, metric, samples.learn().subList(0, size));
        double s = (System.nanoTime() - t) / 1e9;
        double[] y = samples.heldOut().stream().mapToDouble(x -> x.metrics().get(metric)).toArray();
        double[] q = null;
        for (int rep = 0; rep < 20; rep++) { t = System.nanoTime(); q = samples.heldOut().stream().mapToDouble(x -> p.predict(x.point())).toArray(); }
        double us = (System.nanoTime() - t) / 1e3 / y.length;
        System.out.printf("%s %s %d: train %.2f s, %.2f us each, trees %d %s%n", metric, kind, size, s, us, p.trees().size(), Accuracy.of(y, q));
      }
    }
  }
}
