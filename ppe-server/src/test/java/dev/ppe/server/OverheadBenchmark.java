package dev.ppe.server;

import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.v1.Detail;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One call of Estimate whose answer is in the cache, against a call of a service that does nothing:
 * same machine, same library, same message sizes both ways, messages as bytes on both sides. The
 * targets are a median within 1.5 times and, with several threads, 0.6 of the throughput.
 *
 * <pre>
 * ./build -pl ppe-server -am test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * cd ppe-server
 * java -cp target/test-classes:target/classes:$(cat target/classpath) org.openjdk.jmh.Main \
 *     -f 1 -wi 4 -w 2 -i 5 -r 2 -bm sample OverheadBenchmark # or -bm thrpt -t 8
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class OverheadBenchmark {
  @Param({"mobilenet_v2"})
  public String network = "";

  @Param({"DETAIL_LAYERS", "DETAIL_SUMMARY"})
  public Detail detail = Detail.DETAIL_LAYERS;

  private Loopback loopback;
  private Server echoServer;
  private ManagedChannel echoChannel;
  private MethodDescriptor<byte[], byte[]> estimate;
  private MethodDescriptor<byte[], byte[]> echo;
  private byte[] request;
  private byte[] response;

  @Setup
  public void start() throws IOException {
    request =
        Requests.of(Zoo.find(network).orElseThrow().graph()).toBuilder()
            .setDetail(detail)
            .build()
            .toByteArray();
    loopback = Loopback.start(Map.of("queueCapacity", 256));
    estimate =
        PowerPerformanceEvaluationServiceGrpc.getEstimateMethod().toBuilder(
                new BytesMarshaller(), new BytesMarshaller())
            .build();
    response = estimate();

    echo = estimate.toBuilder().setFullMethodName("Echo/Echo").setSchemaDescriptor(null).build();
    byte[] answer = response.clone();
    echoServer =
        NettyServerBuilder.forPort(0)
            .addService(
                ServerServiceDefinition.builder("Echo")
                    .addMethod(
                        echo,
                        ServerCalls.<byte[], byte[]>asyncUnaryCall(
                            (message, responses) -> {
                              responses.onNext(answer);
                              responses.onCompleted();
                            }))
                    .build())
            .build()
            .start();
    echoChannel =
        NettyChannelBuilder.forAddress("127.0.0.1", echoServer.getPort()).usePlaintext().build();
  }

  @TearDown
  public void stop() {
    loopback.close();
    echoChannel.shutdownNow();
    echoServer.shutdownNow();
  }

  @Benchmark
  public byte[] estimate() {
    return ClientCalls.blockingUnaryCall(loopback.channel, estimate, CallOptions.DEFAULT, request);
  }

  @Benchmark
  public byte[] echo() {
    return ClientCalls.blockingUnaryCall(echoChannel, echo, CallOptions.DEFAULT, request);
  }
}
