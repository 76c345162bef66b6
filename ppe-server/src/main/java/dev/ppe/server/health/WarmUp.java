package dev.ppe.server.health;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.v1.Detail;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Fidelity;
import dev.ppe.wire.Estimator;
import dev.ppe.wire.GraphCodec;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Estimates built-in networks until the JVM has loaded and compiled what that takes, so that
 * clients need not wait for it.
 *
 * <p>In rounds over a few networks of different kinds, on both levels of fidelity, and on
 * accelerators that leave the compiler one way to cut a layer and several. The JVM is warm when its
 * compilers have been busy for less than a tenth of the last rounds' time; the time limit ends what
 * does not settle.
 */
public final class WarmUp {
  private record Question(String network, String accelerator) {}

  private static final List<Question> QUESTIONS =
      List.of(
          new Question("mobilenet_v2", "coral-usb"),
          new Question("mobilenet_edgetpu_v2_s", "tensor-g1"),
          new Question("resnet18", "coral-usb"));

  private static final int ROUNDS = 8;
  private static final double HARDLY_BUSY = 0.1;

  private final Estimator estimator;
  private final List<EstimateRequest> requests;

  /** A warm-up of an estimator, which works out what it has not been asked before. */
  public WarmUp(Estimator estimator) {
    this.estimator = estimator;
    this.requests = requests();
  }

  private static List<EstimateRequest> requests() {
    List<EstimateRequest> requests = new ArrayList<>();
    for (Question question : QUESTIONS) {
      Zoo.find(question.network())
          .ifPresent(
              model -> {
                for (Fidelity fidelity :
                    List.of(Fidelity.FIDELITY_CYCLE, Fidelity.FIDELITY_ANALYTICAL)) {
                  requests.add(
                      EstimateRequest.newBuilder()
                          .setGraph(GraphCodec.encode(model.graph()))
                          .setAcceleratorName(question.accelerator())
                          .setFidelity(fidelity)
                          .setDetail(Detail.DETAIL_LAYERS)
                          .build());
                }
              });
    }
    return requests;
  }

  /**
   * Works until warm, for {@code limit} at most, or until {@code stopped}.
   *
   * @return how many rounds it took
   */
  public int run(Duration limit, BooleanSupplier stopped) {
    long end = System.nanoTime() + limit.toNanos();
    Interruption interruption =
        () -> {
          if (stopped.getAsBoolean() || System.nanoTime() - end > 0) {
            throw new CancellationException("warmed up for long enough");
          }
        };
    int rounds = 0;
    try {
      boolean busy = true;
      while (busy) {
        long start = System.nanoTime();
        long compiled = compilationMillis();
        for (int i = 0; i < ROUNDS; i++) {
          round(rounds + 1, interruption);
          rounds++;
        }
        double millis = (System.nanoTime() - start) / 1e6;
        busy = compilationMillis() - compiled > HARDLY_BUSY * millis;
      }
    } catch (CancellationException e) {
      // As warm as it gets in the time there was.
    }
    return rounds;
  }

  /** What the JVM's compilers have worked since its start; an interpreter alone has none. */
  private static long compilationMillis() {
    CompilationMXBean compilation = ManagementFactory.getCompilationMXBean();
    return compilation != null && compilation.isCompilationTimeMonitoringSupported()
        ? compilation.getTotalCompilationTime()
        : 0;
  }

  /** The same work each time, and another question: no answer is there already. */
  private void round(int number, Interruption interruption) {
    for (EstimateRequest request : requests) {
      interruption.check();
      EstimateResponse unused =
          estimator.estimate(request.toBuilder().setInferenceRate(number).build(), interruption);
    }
  }
}
