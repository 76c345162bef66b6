package dev.ppe.nas.vizier;

import com.google.longrunning.GetOperationRequest;
import com.google.longrunning.Operation;
import com.google.protobuf.Any;
import com.google.protobuf.Value;
import dev.ppe.foreign.vizier.CompleteTrialRequest;
import dev.ppe.foreign.vizier.CreateStudyRequest;
import dev.ppe.foreign.vizier.GetStudyRequest;
import dev.ppe.foreign.vizier.GetTrialRequest;
import dev.ppe.foreign.vizier.Study;
import dev.ppe.foreign.vizier.StudySpec.ParameterSpec;
import dev.ppe.foreign.vizier.SuggestTrialsRequest;
import dev.ppe.foreign.vizier.SuggestTrialsResponse;
import dev.ppe.foreign.vizier.Trial;
import dev.ppe.foreign.vizier.VizierServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * A Vizier server that follows the protocol as the real one was seen to: values are drawn
 * uniformly, numbers are doubles, the response of an operation is an Any without type_url, a
 * client's open trials come again, and a trial is completed once.
 */
public final class FakeVizier extends VizierServiceGrpc.VizierServiceImplBase
    implements AutoCloseable {
  private static final Set<String> ALGORITHMS =
      Set.of(
          "",
          "DEFAULT",
          "ALGORITHM_UNSPECIFIED",
          "GP_UCB_PE",
          "GAUSSIAN_PROCESS_BANDIT",
          "RANDOM_SEARCH",
          "QUASI_RANDOM_SEARCH",
          "GRID_SEARCH",
          "SHUFFLED_GRID_SEARCH",
          "NSGA2",
          "BOCS",
          "HARMONICA",
          "CMA_ES",
          "EAGLE_STRATEGY");

  private final String address = "fake-" + UUID.randomUUID();
  private final Server server;
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final List<Server> ports = new ArrayList<>();
  private final SplittableRandom random;
  private final Map<String, Study> studies = new LinkedHashMap<>();
  private final Map<String, Trial> trials = new LinkedHashMap<>();
  private final Map<String, Operation> operations = new LinkedHashMap<>();
  private final Map<String, Integer> left = new LinkedHashMap<>();
  private final List<String> calls = new ArrayList<>();
  private final List<CompleteTrialRequest> completions = new ArrayList<>();

  private UnaryOperator<Operation> operation = UnaryOperator.identity();
  private UnaryOperator<Trial> suggestion = UnaryOperator.identity();
  private int polls;
  private boolean onlyOpenOnes;
  private int mostTrials = Integer.MAX_VALUE;
  private long answersLeft = Long.MAX_VALUE;

  /** A server without studies that draws from a seed. */
  public FakeVizier(long seed) {
    random = new SplittableRandom(seed);
    try {
      server =
          InProcessServerBuilder.forName(address).directExecutor().addService(this).build().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Listens on a port of this machine too.
   *
   * @return {@code host:port}
   */
  public synchronized String listen() throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Server port = NettyServerBuilder.forAddress(any).addService(this).build().start();
    ports.add(port);
    return "127.0.0.1:" + port.getPort();
  }

  /** A connection to it. */
  public synchronized VizierServer connect() {
    ManagedChannel channel = InProcessChannelBuilder.forName(address).directExecutor().build();
    channels.add(channel);
    return new VizierServer(channel, "fake:1", false, Duration.ofSeconds(60));
  }

  /** Operations are done after so many polls. */
  synchronized void needsPolls(int count) {
    polls = count;
  }

  /** What it sends in the place of operations that are done. */
  synchronized void answers(UnaryOperator<Operation> change) {
    operation = change;
  }

  /** What it suggests in the place of uniform trials. */
  synchronized void suggests(UnaryOperator<Trial> change) {
    suggestion = change;
  }

  /** A client with open trials gets those alone. */
  synchronized void suggestsOpenTrialsAlone() {
    onlyOpenOnes = true;
  }

  /** There are no more trials than these. */
  synchronized void endsAfter(int count) {
    mostTrials = count;
  }

  /** After so many answers it does what it is told, and the answers are lost. */
  public synchronized void losesAnswersAfter(long count) {
    answersLeft = count;
  }

  /** It forgets all, as one does whose database is in memory. */
  synchronized void forgets() {
    studies.clear();
    trials.clear();
  }

  /** Methods in the order in which they were called. */
  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  synchronized List<CompleteTrialRequest> completions() {
    return List.copyOf(completions);
  }

  synchronized List<Study> studies() {
    return List.copyOf(studies.values());
  }

  /** All trials in their order. */
  public synchronized List<Trial> trials() {
    return List.copyOf(trials.values());
  }

  @Override
  public synchronized void createStudy(CreateStudyRequest request, StreamObserver<Study> observer) {
    calls.add("CreateStudy");
    String name = request.getParent() + "/studies/" + request.getStudy().getDisplayName();
    Study study = request.getStudy().toBuilder().setName(name).setState(Study.State.ACTIVE).build();
    studies.putIfAbsent(name, study);
    answer(observer, studies.get(name));
  }

  @Override
  public synchronized void getStudy(GetStudyRequest request, StreamObserver<Study> observer) {
    calls.add("GetStudy");
    if (studies.containsKey(request.getName())) {
      answer(observer, studies.get(request.getName()));
    } else {
      fail(observer, Status.NOT_FOUND, "no study " + request.getName());
    }
  }

  @Override
  public synchronized void suggestTrials(
      SuggestTrialsRequest request, StreamObserver<Operation> observer) {
    calls.add("SuggestTrials");
    Study study = studies.get(request.getParent());
    if (study == null) {
      fail(observer, Status.NOT_FOUND, "no study " + request.getParent());
      return;
    }
    if (!ALGORITHMS.contains(study.getStudySpec().getAlgorithm())) {
      fail(
          observer,
          Status.INVALID_ARGUMENT,
          "Algorithm %s is not registered.".formatted(study.getStudySpec().getAlgorithm()));
      return;
    }
    SuggestTrialsResponse response =
        SuggestTrialsResponse.newBuilder()
            .addAllTrials(suggested(study, request))
            .setStudyState(Study.State.ACTIVE)
            .build();
    String name =
        study.getName().replace("/studies/", "/operations/suggestion/")
            + "/%s/%d".formatted(request.getClientId(), operations.size() + 1);
    Operation done =
        operation.apply(
            Operation.newBuilder()
                .setName(name)
                .setDone(true)
                .setResponse(Any.newBuilder().setValue(response.toByteString()))
                .build());
    operations.put(name, done);
    left.put(name, polls);
    answer(observer, polls == 0 ? done : Operation.newBuilder().setName(name).build());
  }

  @Override
  public synchronized void getOperation(
      GetOperationRequest request, StreamObserver<Operation> observer) {
    calls.add("GetOperation");
    String name = request.getName();
    if (!operations.containsKey(name)) {
      fail(observer, Status.NOT_FOUND, "no operation " + name);
      return;
    }
    int polled = left.merge(name, -1, Integer::sum);
    answer(
        observer, polled > 0 ? Operation.newBuilder().setName(name).build() : operations.get(name));
  }

  private List<Trial> suggested(Study study, SuggestTrialsRequest request) {
    List<Trial> result = new ArrayList<>();
    for (Trial trial : trials.values()) {
      if (result.size() < request.getSuggestionCount()
          && trial.getState() == Trial.State.ACTIVE
          && trial.getName().startsWith(study.getName() + "/")
          && trial.getClientId().equals(request.getClientId())) {
        result.add(trial);
      }
    }
    if (onlyOpenOnes && !result.isEmpty()) {
      return result;
    }
    while (result.size() < request.getSuggestionCount() && trials.size() < mostTrials) {
      result.add(draw(study, request.getClientId()));
    }
    return result;
  }

  private Trial draw(Study study, String client) {
    long count =
        trials.keySet().stream().filter(name -> name.startsWith(study.getName() + "/")).count();
    String id = Long.toString(count + 1);
    Trial.Builder trial =
        Trial.newBuilder()
            .setName(study.getName() + "/trials/" + id)
            .setId(id)
            .setState(Trial.State.ACTIVE)
            .setClientId(client);
    for (ParameterSpec spec : study.getStudySpec().getParametersList()) {
      trial.addParametersBuilder().setParameterId(spec.getParameterId()).setValue(value(spec));
    }
    Trial drawn = suggestion.apply(trial.build());
    trials.put(drawn.getName(), drawn);
    return drawn;
  }

  private Value value(ParameterSpec spec) {
    return switch (spec.getParameterValueSpecCase()) {
      case INTEGER_VALUE_SPEC -> {
        long min = spec.getIntegerValueSpec().getMinValue();
        long max = spec.getIntegerValueSpec().getMaxValue();
        yield number((double) random.nextLong(min, max + 1));
      }
      case DISCRETE_VALUE_SPEC -> {
        List<Double> values = spec.getDiscreteValueSpec().getValuesList();
        yield number(values.get(random.nextInt(values.size())));
      }
      case CATEGORICAL_VALUE_SPEC -> {
        List<String> values = spec.getCategoricalValueSpec().getValuesList();
        yield Value.newBuilder().setStringValue(values.get(random.nextInt(values.size()))).build();
      }
      case PARAMETERVALUESPEC_NOT_SET -> throw new IllegalArgumentException("no values");
    };
  }

  static Value number(double value) {
    return Value.newBuilder().setNumberValue(value).build();
  }

  @Override
  public synchronized void getTrial(GetTrialRequest request, StreamObserver<Trial> observer) {
    calls.add("GetTrial");
    if (trials.containsKey(request.getName())) {
      answer(observer, trials.get(request.getName()));
    } else {
      fail(observer, Status.NOT_FOUND, "no trial " + request.getName());
    }
  }

  @Override
  public synchronized void completeTrial(
      CompleteTrialRequest request, StreamObserver<Trial> observer) {
    calls.add("CompleteTrial");
    Trial trial = trials.get(request.getName());
    if (trial == null) {
      fail(observer, Status.NOT_FOUND, "no trial " + request.getName());
    } else if (trial.getState() != Trial.State.ACTIVE) {
      fail(observer, Status.FAILED_PRECONDITION, request.getName() + " is completed already");
    } else {
      completions.add(request);
      Trial done =
          trial.toBuilder()
              .setState(
                  request.getTrialInfeasible() ? Trial.State.INFEASIBLE : Trial.State.SUCCEEDED)
              .setFinalMeasurement(request.getFinalMeasurement())
              .setInfeasibleReason(request.getInfeasibleReason())
              .build();
      trials.put(done.getName(), done);
      answer(observer, done);
    }
  }

  private <T> void answer(StreamObserver<T> observer, T message) {
    if (answersLeft-- <= 0) {
      fail(observer, Status.UNAVAILABLE, "the answer is lost");
      return;
    }
    observer.onNext(message);
    observer.onCompleted();
  }

  private static void fail(StreamObserver<?> observer, Status status, String text) {
    observer.onError(status.withDescription(text).asRuntimeException());
  }

  @Override
  public synchronized void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    ports.forEach(Server::shutdownNow);
    server.shutdownNow();
  }
}
