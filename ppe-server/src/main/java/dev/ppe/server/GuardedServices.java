package dev.ppe.server;

import dev.ppe.server.observe.CallObserver;
import dev.ppe.server.observe.ObservedCall;
import dev.ppe.server.observe.RequestListener;
import dev.ppe.server.observe.SlowRequests;
import dev.ppe.server.security.Authenticator;
import dev.ppe.server.security.KnownClients;
import dev.ppe.server.tracing.Tracing;
import io.grpc.BindableService;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A server's services behind what every call of them passes: each is counted, and ends with a
 * status that tells whose fault it was, in a text of limited length.
 *
 * @param clients who may call, if that is limited
 * @param metrics count the calls of all services
 * @param log has them as well
 * @param arriving bounds how many there are, and what is on its way to them
 */
record GuardedServices(
    Optional<KnownClients> clients,
    RequestListener metrics,
    RequestListener log,
    ServerInterceptor arriving) {

  /**
   * The evaluation service.
   *
   * @param reports of load, if calls are to end with them
   */
  ServerServiceDefinition evaluation(
      EstimationService service,
      OpenCalls openCalls,
      SlowRequests slowRequests,
      Optional<LoadReports> reports,
      Optional<Tracing> tracing) {
    List<RequestListener> listeners = new ArrayList<>(List.of(metrics, log, slowRequests));
    tracing.ifPresent(listeners::add);
    reports.ifPresent(listeners::add);
    List<ServerInterceptor> outermostFirst = new ArrayList<>();
    tracing.ifPresent(traces -> outermostFirst.add(traces.interceptor()));
    outermostFirst.add(new CallObserver(listeners));
    outermostFirst.add(openCalls);
    reports.ifPresent(outermostFirst::add);
    outermostFirst.add(new CallGuard());
    outermostFirst.add(arriving);
    outermostFirst.add(new Authenticator(clients, client -> ObservedCall.current().madeBy(client)));
    outermostFirst.add(new CacheMetadata());
    return behind(outermostFirst, service.definition());
  }

  /**
   * gRPC's service of health, for everybody: balancers have no token. Its answers have two bytes,
   * and are on nobody's account: a client that does not read is still to know who is ready.
   */
  ServerServiceDefinition health(BindableService service, LongCalls longCalls) {
    return behind(
        standard(longCalls),
        ServiceMethods.replaced(service.bindService(), SmallRequests.OF_HEALTH::of));
  }

  /**
   * gRPC's service of reflection.
   *
   * @param unread of its answers, by clients that do not read
   */
  ServerServiceDefinition reflection(LongCalls longCalls, UnreadAnswers unread) {
    List<ServerInterceptor> outermostFirst = standard(longCalls);
    outermostFirst.add(new Authenticator(clients, client -> {}));
    AccountedAnswers answers = new AccountedAnswers(unread);
    return behind(
        outermostFirst,
        ServiceMethods.replaced(
            ProtoReflectionServiceV1.newInstance().bindService(),
            method -> answers.of(SmallRequests.OF_NAMES.of(method))));
  }

  /** Of one of gRPC's own services: its calls may be long. */
  private List<ServerInterceptor> standard(LongCalls longCalls) {
    return new ArrayList<>(
        List.of(new CallObserver(List.of(metrics, log)), longCalls, new CallGuard(), arriving));
  }

  private static ServerServiceDefinition behind(
      List<ServerInterceptor> outermostFirst, ServerServiceDefinition service) {
    List<ServerInterceptor> all = new ArrayList<>(List.of(new StatusTexts()));
    all.addAll(outermostFirst);
    return SingleRequests.checkedByHandlers(
        ServerInterceptors.interceptForward(DecodedRequests.of(service), all));
  }
}
