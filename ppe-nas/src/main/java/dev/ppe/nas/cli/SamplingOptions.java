package dev.ppe.nas.cli;

import dev.ppe.client.PpeClient;
import dev.ppe.client.cli.AcceleratorArgument;
import dev.ppe.client.cli.ConnectionOptions;
import dev.ppe.client.cli.Failures;
import dev.ppe.client.cli.FidelityOption;
import dev.ppe.client.cli.UnreadableException;
import dev.ppe.client.cli.UsageException;
import dev.ppe.nas.backend.BackendFactory;
import dev.ppe.nas.cost.BlockMeter;
import dev.ppe.nas.cost.CostTrainer;
import dev.ppe.nas.cost.Samples;
import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.study.QualityDefinition;
import dev.ppe.nas.study.Study;
import dev.ppe.nas.study.StudyDefinition;
import dev.ppe.nas.study.StudyFile;
import dev.ppe.nas.study.StudyRun;
import dev.ppe.v1.EstimateRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/**
 * Which samples a cost model learns from. They are trials of a study with uniform points, so that
 * labelling them survives whatever a search does.
 */
final class SamplingOptions {
  private static final int MAX_SAMPLES = 1_000_000;
  private static final int MAX_WORKERS = 1_000;

  @Option(
      names = "--space",
      paramLabel = "NAME|FILE.yaml",
      required = true,
      description = "Whose networks: ppe nas spaces lists them.")
  private String space = "";

  @Option(
      names = {"-a", "--accelerator"},
      paramLabel = "NAME|FILE.yaml",
      description = "What runs the networks: ppe accelerators lists them. Default: coral-usb.")
  private Optional<String> accelerator = Optional.empty();

  @Option(
      names = "--fidelity",
      paramLabel = "LEVEL",
      description = "${COMPLETION-CANDIDATES}. Default: cycle.")
  private FidelityOption fidelity = FidelityOption.CYCLE;

  @Option(
      names = "--metric",
      split = ",",
      paramLabel = "NAME",
      description = "What to predict: latency, energy, memory. Default: latency,energy.")
  private List<String> metrics = List.of("latency", "energy");

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of points and trees: equal seeds give equal models. Default: 1.")
  private long seed = 1;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = {
        "Write every sample down there, as ppe nas search does, and use those that are there",
        "already. Default: nowhere."
      })
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = {
        "Samples under way at a time; they are the same whatever it is.",
        "Default: the processors here, 16 with --target."
      })
  private Optional<Integer> workers = Optional.empty();

  @Option(
      names = "--accept-version",
      description = "Go on although another version of the simulator answered before.")
  private boolean acceptVersion;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  /**
   * Samples, and what learns from them.
   *
   * @param metrics to predict
   */
  record Labelled(Study study, Samples samples, CostTrainer trainer, List<Metric> metrics) {}

  /** Refuses numbers of samples that nothing can be learnt from, or nobody waits for. */
  static void requireSamples(String option, int count) {
    if (count < CostTrainer.MIN_SAMPLES || count > MAX_SAMPLES) {
      throw new UsageException(
          "%s is %d, must be %d to %d"
              .formatted(option, count, CostTrainer.MIN_SAMPLES, MAX_SAMPLES));
    }
  }

  /** What may be files that are read or kept. */
  List<String> files() {
    List<String> files = new ArrayList<>(List.of(space));
    accelerator.ifPresent(files::add);
    data.ifPresent(path -> files.add(path.toString()));
    return files;
  }

  /**
   * Draws points and asks for their costs, as far as that was not done before.
   *
   * @param count how many to learn from, which {@link #requireSamples} takes; a quarter more are
   *     drawn, to check with
   */
  Labelled label(int count, CommandSpec spec) {
    List<Metric> wanted = checkedMetrics();
    int atOnce = atOnce();
    try (PpeClient client = connection.open(Failures.of(spec)::remark)) {
      StudyDefinition definition = definition(client);
      long drawn = Samples.drawn(count);
      Study study =
          SearchRun.told(
              () -> {
                try (StudyFile file = file(definition, drawn)) {
                  return drawn(file, client, atOnce, spec);
                }
              });
      tellFailures(study, drawn, spec);
      BlockMeter meter = new BlockMeter(client::estimate, definition.options(), atOnce);
      return new Labelled(
          study,
          Samples.of(StudySamples.of(study, drawn)),
          CostTrainer.of(study.space(), wanted, meter, seed),
          wanted);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreadableException("interrupted", e);
    }
  }

  private List<Metric> checkedMetrics() {
    List<Metric> checked = new ArrayList<>();
    for (String word : metrics) {
      Metric metric =
          Metric.of(word)
              .orElseThrow(
                  () ->
                      new UsageException(
                          "--metric: there is no metric \"%s\", only latency, energy, memory"
                              .formatted(word)));
      try {
        checked.add(CostTrainer.checked(metric));
      } catch (IllegalArgumentException e) {
        throw new UsageException("--metric: " + e.getMessage());
      }
    }
    return checked.stream().distinct().toList();
  }

  private int atOnce() {
    int atOnce = workers.orElse(connection.width());
    if (atOnce < 1 || atOnce > MAX_WORKERS) {
      throw new UsageException("--workers is %d, must be 1 to %d".formatted(atOnce, MAX_WORKERS));
    }
    return atOnce;
  }

  private StudyDefinition definition(PpeClient client) {
    EstimateRequest.Builder request = EstimateRequest.newBuilder();
    accelerator.ifPresent(text -> AcceleratorArgument.set(text, request));
    return new StudyDefinition(
        SpaceArgument.of(space).text(),
        BackendFactory.RANDOM,
        new TreeMap<>(),
        BackendFactory.RANDOM.batch(),
        "latency",
        seed,
        AcceleratorArgument.described(client, request.build()),
        fidelity.message(),
        new QualityDefinition.None());
  }

  private StudyFile file(StudyDefinition definition, long drawn) {
    if (data.isEmpty()) {
      return StudyFile.inMemory(definition, drawn);
    }
    Path path = data.get();
    if (!Files.exists(path)) {
      return StudyFile.create(path, definition, drawn);
    }
    StudyFile file = StudyFile.open(path);
    try {
      Study there = file.study();
      Optional<String> difference = definition.differenceTo(there.definition());
      if (difference.isPresent()) {
        throw new UsageException(
            "%s holds other samples: %s; give another file".formatted(path, difference.get()));
      }
      file.limit(Math.max(drawn, there.limit()));
      return file;
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private Study drawn(StudyFile file, PpeClient client, int atOnce, CommandSpec spec) {
    Progress progress =
        new Progress(
            spec.commandLine().getErr(), Failures.of(spec).progressLine(), System::nanoTime);
    try {
      return new StudyRun(file, client::estimate, atOnce, acceptVersion, progress).run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreadableException("interrupted", e);
    } finally {
      progress.end();
    }
  }

  private static void tellFailures(Study study, long drawn, CommandSpec spec) {
    List<String> failures = StudySamples.failures(study, drawn);
    if (!failures.isEmpty()) {
      Failures.of(spec)
          .remark(
              "%d of %d points have no costs; the first: %s"
                  .formatted(failures.size(), drawn, failures.getFirst()));
    }
  }
}
