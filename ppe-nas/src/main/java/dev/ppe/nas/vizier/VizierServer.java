package dev.ppe.nas.vizier;

import com.google.longrunning.GetOperationRequest;
import com.google.longrunning.Operation;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.ppe.client.ConnectionSecurity;
import dev.ppe.client.ReplicaChannel;
import dev.ppe.client.Target;
import dev.ppe.client.Unreachable;
import dev.ppe.foreign.vizier.CompleteTrialRequest;
import dev.ppe.foreign.vizier.CreateStudyRequest;
import dev.ppe.foreign.vizier.GetStudyRequest;
import dev.ppe.foreign.vizier.GetTrialRequest;
import dev.ppe.foreign.vizier.Study;
import dev.ppe.foreign.vizier.SuggestTrialsRequest;
import dev.ppe.foreign.vizier.SuggestTrialsResponse;
import dev.ppe.foreign.vizier.Trial;
import dev.ppe.foreign.vizier.VizierServiceGrpc;
import dev.ppe.foreign.vizier.VizierServiceGrpc.VizierServiceBlockingStub;
import dev.ppe.nas.backend.BackendException;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The calls of a Vizier server. None is tried again: a search goes on from what it recorded. Every
 * failure is a {@link BackendException} that names the server.
 */
public final class VizierServer implements AutoCloseable {
  private static final long FIRST_PAUSE_MILLIS = 20;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;
  private static final int LONGEST_TEXT = 500;

  private final ManagedChannel channel;
  private final String address;
  private final boolean encrypted;
  private final Duration patience;

  /**
   * A server behind a channel, which is closed with it.
   *
   * @param address as people call it
   * @param encrypted whether the channel speaks TLS
   * @param patience how long an answer may take, suggestions that are polled for included
   */
  VizierServer(ManagedChannel channel, String address, boolean encrypted, Duration patience) {
    this.channel = channel;
    this.address = address;
    this.encrypted = encrypted;
    this.patience = patience;
  }

  /**
   * A server that is connected to at the first call.
   *
   * @throws IllegalArgumentException if a file that {@code security} names is of no use
   */
  public static VizierServer at(Target target, ConnectionSecurity security, Duration patience) {
    return new VizierServer(
        ReplicaChannel.other(target, security),
        target.text(),
        security.tls().isPresent(),
        patience);
  }

  /** How messages call it. */
  String name() {
    return "Vizier at " + address;
  }

  /** Makes a study, or finds the one of that name. */
  Study createStudy(String owner, Study study) {
    CreateStudyRequest request =
        CreateStudyRequest.newBuilder().setParent("owners/" + owner).setStudy(study).build();
    try {
      return call("CreateStudy", deadline(), stub -> stub.createStudy(request));
    } catch (BackendException e) {
      if (code(e) == Status.Code.ALREADY_EXISTS) {
        String name = "owners/%s/studies/%s".formatted(owner, study.getDisplayName());
        return study(name).orElseThrow(() -> e);
      }
      throw e;
    }
  }

  /** The study of a name; empty if there is none. */
  Optional<Study> study(String name) {
    GetStudyRequest request = GetStudyRequest.newBuilder().setName(name).build();
    return found("GetStudy", stub -> stub.getStudy(request));
  }

  /** The trial of a name; empty if there is none. */
  Optional<Trial> trial(String name) {
    GetTrialRequest request = GetTrialRequest.newBuilder().setName(name).build();
    return found("GetTrial", stub -> stub.getTrial(request));
  }

  /**
   * Trials to evaluate: those of the client that are open, and new ones. Waits until they are made.
   *
   * @param count so many in all
   */
  SuggestTrialsResponse suggest(String study, int count, String client) {
    Deadline deadline = deadline();
    SuggestTrialsRequest request =
        SuggestTrialsRequest.newBuilder()
            .setParent(study)
            .setSuggestionCount(count)
            .setClientId(client)
            .build();
    Operation operation = call("SuggestTrials", deadline, stub -> stub.suggestTrials(request));
    for (long pause = FIRST_PAUSE_MILLIS; !operation.getDone(); pause *= 2) {
      sleep(Math.min(pause, LONGEST_PAUSE_MILLIS));
      GetOperationRequest poll =
          GetOperationRequest.newBuilder().setName(operation.getName()).build();
      operation = call("GetOperation", deadline, stub -> stub.getOperation(poll));
    }
    return response(operation);
  }

  /** The Any has no type_url, so that {@code Any.unpack} would refuse it. */
  private SuggestTrialsResponse response(Operation operation) {
    return switch (operation.getResultCase()) {
      case RESPONSE -> {
        try {
          yield SuggestTrialsResponse.parseFrom(operation.getResponse().getValue());
        } catch (InvalidProtocolBufferException e) {
          throw new BackendException(name() + " sends suggestions that cannot be read", e);
        }
      }
      case ERROR ->
          throw new BackendException(
              "%s cannot suggest trials: %s"
                  .formatted(name(), shortened(operation.getError().getMessage())));
      case RESULT_NOT_SET ->
          throw new BackendException(name() + " has ended a request with neither trials nor error");
    };
  }

  /** Tells what became of a trial. */
  void complete(CompleteTrialRequest request) {
    Trial unused = call("CompleteTrial", deadline(), stub -> stub.completeTrial(request));
  }

  private <T> Optional<T> found(String method, Function<VizierServiceBlockingStub, T> call) {
    try {
      return Optional.of(call(method, deadline(), call));
    } catch (BackendException e) {
      if (code(e) == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Deadline deadline() {
    return Deadline.after(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private <T> T call(
      String method, Deadline deadline, Function<VizierServiceBlockingStub, T> call) {
    try {
      return call.apply(VizierServiceGrpc.newBlockingStub(channel).withDeadline(deadline));
    } catch (StatusRuntimeException e) {
      throw new BackendException(reason(method, e.getStatus()), e);
    }
  }

  private String reason(String method, Status status) {
    if (Unreachable.by(status)) {
      return "no Vizier server answers at %s: %s"
          .formatted(
              address, Unreachable.reason(status, encrypted).replace("--tls", "--vizier-tls"));
    }
    return switch (status.getCode()) {
      case DEADLINE_EXCEEDED ->
          "%s has not answered %s within %s s; --vizier-deadline gives it longer"
              .formatted(name(), method, patience.toMillis() / 1e3);
      case UNIMPLEMENTED ->
          "%s does not offer %s: another program listens there".formatted(address, method);
      case CANCELLED -> "interrupted";
      default ->
          "%s refuses %s: %s"
              .formatted(
                  name(),
                  method,
                  status.getDescription() == null
                      ? status.getCode().name()
                      : shortened(status.getDescription()));
    };
  }

  private static Status.Code code(BackendException e) {
    return e.getCause() instanceof StatusRuntimeException failure
        ? failure.getStatus().getCode()
        : Status.Code.UNKNOWN;
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...";
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackendException("interrupted", e);
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
