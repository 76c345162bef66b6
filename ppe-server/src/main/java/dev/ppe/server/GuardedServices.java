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
 * status that tells whose fault it was.
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

  /** gRPC's service of health, for everybody: balancers have no token. */
  ServerServiceDefinition health(BindableService service, LongCalls longCalls) {
    return behind(standard(longCalls), service.bindService());
  }

  /** gRPC's service of reflection. */
  ServerServiceDefinition reflection(LongCalls longCalls) {
    List<ServerInterceptor> outermostFirst = standard(longCalls);
    outermostFirst.add(new Authenticator(clients, client -> {}));
    return behind(outermostFirst, ProtoReflectionServiceV1.newInstance().bindService());
  }

  /** Of one of gRPC's own services: its calls may be long. */
  private List<ServerInterceptor> standard(LongCalls longCalls) {
    return new ArrayList<>(
        List.of(new CallObserver(List.of(metrics, log)), longCalls, new CallGuard(), arriving));
  }

  private static ServerServiceDefinition behind(
      List<ServerInterceptor> outermostFirst, ServerServiceDefinition service) {
    return SingleRequests.checkedByHandlers(
        ServerInterceptors.interceptForward(DecodedRequests.of(service), outermostFirst));
  }
}
