package dev.ppe.client;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.v1.Detail;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.EstimateStreamRequest;
import dev.ppe.v1.EstimateStreamResponse;
import dev.ppe.v1.GetAcceleratorRequest;
import dev.ppe.v1.GetAcceleratorResponse;
import dev.ppe.v1.ListAcceleratorsRequest;
import dev.ppe.v1.ListAcceleratorsResponse;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc.PowerPerformanceEvaluationServiceImplBase;
import dev.ppe.wire.AcceleratorCatalog;
import dev.ppe.wire.Estimator;
import dev.ppe.wire.GraphCodec;
import dev.ppe.wire.LoadReport;
import dev.ppe.wire.LocalEstimator;
import dev.ppe.wire.ServiceLimits;
import dev.ppe.wire.Statuses;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A replica on a free port of this host, with the in-process estimator behind it. */
public final class TestServer extends PowerPerformanceEvaluationServiceImplBase
    implements AutoCloseable {
  private static final int MAX_REQUEST_BYTES = 80 << 20;

  private final Estimator estimator;
  private final Server server;
  private final AtomicInteger estimates = new AtomicInteger();

  private TestServer(
      Estimator estimator, ServerCredentials credentials, ServerInterceptor interceptor) {
    this(0, estimator, credentials, interceptor);
  }

  private TestServer(
      int port, Estimator estimator, ServerCredentials credentials, ServerInterceptor interceptor) {
    this.estimator = estimator;
    try {
      this.server =
          Grpc.newServerBuilderForPort(port, credentials)
              .maxInboundMessageSize(MAX_REQUEST_BYTES)
              .addService(this)
              .intercept(interceptor)
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static TestServer start() {
    return start(InsecureServerCredentials.create());
  }

  public static TestServer start(ServerCredentials credentials) {
    return new TestServer(
        new LocalEstimator(ServiceLimits.DEFAULT), credentials, TestServer::uninterested);
  }

  public static TestServer around(Estimator estimator) {
    return new TestServer(estimator, InsecureServerCredentials.create(), TestServer::uninterested);
  }

  /** One in the place of one that has ended. */
  static TestServer onPort(int port, Estimator estimator) {
    return new TestServer(
        port, estimator, InsecureServerCredentials.create(), TestServer::uninterested);
  }

  /** One that ends its calls with load reports, whatever they are. */
  public static TestServer reporting(Estimator estimator, byte[] report) {
    return new TestServer(
        estimator,
        InsecureServerCredentials.create(),
        new ServerInterceptor() {
          @Override
          public <Q, A> ServerCall.Listener<Q> interceptCall(
              ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            return next.startCall(
                new SimpleForwardingServerCall<Q, A>(call) {
                  @Override
                  public void close(Status status, Metadata trailers) {
                    trailers.put(LoadReport.TRAILER, report);
                    super.close(status, trailers);
                  }
                },
                headers);
          }
        });
  }

  /** One that begins every answer before it works on it. */
  static TestServer beginningAtOnce(Estimator estimator) {
    return new TestServer(
        estimator,
        InsecureServerCredentials.create(),
        new ServerInterceptor() {
          @Override
          public <Q, A> ServerCall.Listener<Q> interceptCall(
              ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            call.sendHeaders(new Metadata());
            return next.startCall(
                new SimpleForwardingServerCall<Q, A>(call) {
                  @Override
                  public void sendHeaders(Metadata again) {} // they are sent
                },
                headers);
          }
        });
  }

  /** One that tells what clients send along under a name. */
  public static TestServer noting(String name, Consumer<String> listener) {
    Metadata.Key<String> key = Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    return new TestServer(
        new LocalEstimator(ServiceLimits.DEFAULT),
        InsecureServerCredentials.create(),
        new ServerInterceptor() {
          @Override
          public <Q, A> ServerCall.Listener<Q> interceptCall(
              ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            if (call.getMethodDescriptor().getFullMethodName().startsWith("ppe.v1.")) {
              listener.accept(String.valueOf(headers.get(key)));
            }
            return next.startCall(call, headers);
          }
        });
  }

  private static <Q, A> ServerCall.Listener<Q> uninterested(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    return next.startCall(call, headers);
  }

  public String address() {
    return "localhost:" + server.getPort();
  }

  public int estimates() {
    return estimates.get();
  }

  @Override
  public void estimate(EstimateRequest request, StreamObserver<EstimateResponse> observer) {
    estimates.incrementAndGet();
    answer(observer, () -> estimator.estimate(request, Interruption.NEVER));
  }

  @Override
  public void listAccelerators(
      ListAcceleratorsRequest request, StreamObserver<ListAcceleratorsResponse> observer) {
    answer(observer, AcceleratorCatalog::listAccelerators);
  }

  @Override
  public void getAccelerator(
      GetAcceleratorRequest request, StreamObserver<GetAcceleratorResponse> observer) {
    answer(
        observer,
        () ->
            GetAcceleratorResponse.newBuilder()
                .setAccelerator(AcceleratorCatalog.getAccelerator(request.getName()))
                .build());
  }

  private static <T> void answer(StreamObserver<T> observer, Supplier<T> work) {
    try {
      observer.onNext(work.get());
      observer.onCompleted();
    } catch (io.grpc.StatusRuntimeException e) {
      observer.onError(e); // with its trailers
    } catch (RuntimeException e) {
      observer.onError(Statuses.of(e).asRuntimeException());
    }
  }

  /** An answer of the usual size. */
  static EstimateResponse summary() {
    return new LocalEstimator(ServiceLimits.DEFAULT)
        .estimate(
            EstimateRequest.newBuilder()
                .setModelName("candidate")
                .setDetail(Detail.DETAIL_SUMMARY)
                .setGraph(GraphCodec.encode(Zoo.find("mobilenet_v2").orElseThrow().graph()))
                .build(),
            Interruption.NEVER);
  }

  @Override
  public StreamObserver<EstimateStreamRequest> estimateStream(
      StreamObserver<EstimateStreamResponse> observer) {
    return new StreamObserver<>() {
      @Override
      public void onNext(EstimateStreamRequest request) {
        observer.onNext(
            EstimateStreamResponse.newBuilder()
                .setId(request.getId())
                .setResponse(estimator.estimate(request.getRequest(), Interruption.NEVER))
                .build());
      }

      @Override
      public void onError(Throwable failure) {}

      @Override
      public void onCompleted() {
        observer.onCompleted();
      }
    };
  }

  /** Waits until its port is free again. */
  void awaitEnd() throws InterruptedException {
    server.awaitTermination();
  }

  /** Ends at once, with whatever is under way. */
  void kill() {
    server.shutdownNow();
  }

  @Override
  public void close() {
    kill();
  }
}
