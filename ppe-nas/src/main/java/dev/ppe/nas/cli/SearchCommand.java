package dev.ppe.nas.cli;

import dev.ppe.client.PpeClient;
import dev.ppe.client.cli.AcceleratorArgument;
import dev.ppe.client.cli.FidelityOption;
import dev.ppe.client.cli.UsageException;
import dev.ppe.client.cli.Version;
import dev.ppe.client.terminal.Nearest;
import dev.ppe.nas.backend.BackendFactory;
import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.objective.Objective;
import dev.ppe.nas.objective.ObjectiveParser;
import dev.ppe.nas.study.CostDefinition;
import dev.ppe.nas.study.Study;
import dev.ppe.nas.study.StudyDefinition;
import dev.ppe.nas.study.StudyFile;
import dev.ppe.nas.vizier.VizierSettings;
import dev.ppe.v1.EstimateRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ppe nas search}: a study from options; {@link SearchRun} does the rest. */
@Command(
    name = "search",
    description = {
      "Searches a space for networks. With --study every trial is written down: a search that was",
      "killed goes on with ppe nas resume, or with the same command again."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ppe nas search --space mobilenet-edgetpu-v2 --objective 'quality, latency<=1ms' \\",
      "      --quality proxy --trials 1000 --study v2.db -a tensor-g1",
      "  ppe nas search --space nasbench201 --backend nsga2 --objective 'quality, latency' \\",
      "      --quality csv:accuracies.csv --trials 2000 --study nb.db",
      "  ppe nas search --space mine.yaml --objective 'mnas-soft(latency=2ms)' \\",
      "      --quality 'command:python3 train.py' --quality-parallel 4 --workers 4 \\",
      "      --trials 200 --study mine.db",
      "  ppe nas search --space mobilenet-edgetpu-v2 --objective 'tunas(latency=10ms)' \\",
      "      --quality proxy --backend reinforce --trials 10000 --cost-model costs.json"
    })
final class SearchCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli
  private CommandSpec spec;

  @Option(
      names = "--space",
      paramLabel = "NAME|FILE.yaml",
      required = true,
      description = "What may be chosen: ppe nas spaces lists them.")
  private String space = "";

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description =
          "How to choose: random, grid, evolution, reinforce, reinforce-batched, nsga2, vizier."
              + " Default: evolution, nsga2 with several goals.")
  private Optional<String> backend = Optional.empty();

  @Option(
      names = "--setting",
      paramLabel = "NAME=VALUE",
      description = "Of the back-end, such as population=100; may be repeated.")
  private Map<String, String> settings = new TreeMap<>();

  @Option(
      names = "--batch",
      paramLabel = "N",
      description =
          "Points that the back-end suggests at a time, before it learns of them. Default: its own.")
  private Optional<Integer> batch = Optional.empty();

  @Option(
      names = "--objective",
      paramLabel = "TEXT",
      required = true,
      description = {
        "What is good: goals and limits, such as 'quality, latency<=900us', 'quality, latency'",
        "or 'mnas-soft(latency=1.2ms)'. Metrics: latency, energy, memory, model-size, macs,",
        "parameters, quality."
      })
  private String objective = "";

  @Option(
      names = {"-n", "--trials"},
      paramLabel = "N",
      required = true,
      description = "How many candidates to try.")
  private long trials;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of all that is random: equal seeds give equal trials. Default: 1.")
  private long seed = 1;

  @Option(
      names = "--study",
      paramLabel = "FILE",
      description = "Write every trial down there. Default: nowhere.")
  private Optional<Path> study = Optional.empty();

  @Option(
      names = "--cost-model",
      paramLabel = "FILE.json",
      description = {
        "Predict costs by this model of ppe nas cost-model train; at the end the service is asked",
        "for those of the best trials. Default: the service is asked for all."
      })
  private Optional<String> costModel = Optional.empty();

  @Mixin private final QualityOptions quality = new QualityOptions();

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

  @Mixin private final SearchRun search = new SearchRun();

  @Override
  public Integer call() {
    SearchRun.checkedTrials(trials);
    try (PpeClient client = search.open(spec)) {
      StudyDefinition definition = definition(client);
      return SearchRun.told(
          () -> {
            try (StudyFile file = file(definition)) {
              return search.run(file, study.isPresent(), client, spec);
            }
          });
    }
  }

  private StudyDefinition definition(PpeClient client) {
    SpaceArgument chosen = SpaceArgument.of(space);
    Objective goals = read(() -> ObjectiveParser.parse(objective));
    BackendFactory factory = backend(goals);
    // Settings that do not fit are said before a study is begun.
    search.check(factory);
    read(() -> checked(factory, chosen, goals));
    StudyDefinition usual =
        read(
            () ->
                new StudyDefinition(
                    chosen.text(),
                    factory,
                    new TreeMap<>(settings),
                    batch.orElse(factory.batch()),
                    objective.strip(),
                    seed,
                    AcceleratorArgument.described(client, accelerator()),
                    fidelity.message(),
                    quality.definition(goals.needs().contains(Metric.QUALITY))));
    read(() -> usual.quality().open(chosen.space().space()));
    return costModel.map(file -> predicted(usual, CostModelFile.of(file))).orElse(usual);
  }

  private static StudyDefinition predicted(StudyDefinition usual, CostModelFile file) {
    CostDefinition.Learned costs = new CostDefinition.Learned(file.name(), file.text());
    read(() -> costs.open(usual));
    return usual.with(costs);
  }

  /** Makes the back-end once, as far as it is of this process. */
  private BackendFactory checked(BackendFactory factory, SpaceArgument chosen, Objective goals) {
    if (factory.isRemote()) {
      VizierSettings unused = VizierSettings.of(settings);
    } else {
      factory.create(chosen.space().space(), goals.goals().size(), settings, seed).close();
    }
    return factory;
  }

  private EstimateRequest accelerator() {
    EstimateRequest.Builder request = EstimateRequest.newBuilder();
    accelerator.ifPresent(text -> AcceleratorArgument.set(text, request));
    return request.build();
  }

  private BackendFactory backend(Objective goals) {
    if (backend.isEmpty()) {
      return goals.goals().size() > 1 ? BackendFactory.NSGA2 : BackendFactory.EVOLUTION;
    }
    String word = backend.get();
    return BackendFactory.of(word)
        .orElseThrow(
            () ->
                new UsageException(
                    "there is no back-end \"%s\"; %s"
                        .formatted(
                            word,
                            Nearest.hint(
                                word,
                                Arrays.stream(BackendFactory.values())
                                    .map(BackendFactory::word)
                                    .toList()))));
  }

  private static <T> T read(Callable<T> value) {
    try {
      return value.call();
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private StudyFile file(StudyDefinition definition) {
    if (study.isEmpty()) {
      return StudyFile.inMemory(definition, trials);
    }
    Path path = study.get();
    if (!Files.exists(path)) {
      return StudyFile.create(path, definition, trials);
    }
    StudyFile file = StudyFile.open(path);
    try {
      requireSame(path, file.study(), definition);
      file.limit(trials);
      file.quality(definition.quality()); // its time limit and number at a time may be others
      return file;
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private void requireSame(Path path, Study there, StudyDefinition definition) {
    Optional<String> difference = definition.differenceTo(there.definition());
    if (difference.isPresent()) {
      throw new UsageException(
          "%s holds another study: %s; resume it, or give another file"
              .formatted(path, difference.get()));
    }
    if (trials < there.limit()) {
      throw new UsageException(
          "%s is a study of %d trials: --trials is %d, must be as many or more"
              .formatted(path, there.limit(), trials));
    }
  }
}
