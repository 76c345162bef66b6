package dev.ppe.server;

import dev.ppe.server.metrics.Connections;
import io.grpc.Server;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The end of a gRPC server.
 *
 * @param server that is to end
 * @param service whose streams are sent elsewhere
 * @param openCalls that are waited for
 * @param longCalls that are not
 * @param connections to it
 */
record ServerSteps(
    Server server,
    EstimationService service,
    OpenCalls openCalls,
    LongCalls longCalls,
    Connections connections)
    implements OrderlyEnd.Steps {
  @Override
  public boolean connected() {
    return connections.open() > 0;
  }

  @Override
  public void drain(Duration time) throws InterruptedException {
    Thread.sleep(time);
  }

  @Override
  public void refuse() {
    longCalls
        .end(); // first: a client that still writes to a connection at its end may lose answers
    server.shutdown();
    service.drain();
  }

  @Override
  public int awaitCalls(Duration patience) throws InterruptedException {
    return openCalls.awaitNone(patience);
  }

  @Override
  public void awaitConnections(Duration patience) throws InterruptedException {
    server.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
  }
}
