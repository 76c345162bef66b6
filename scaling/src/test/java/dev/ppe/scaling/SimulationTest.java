package dev.ppe.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ppe.scaling.Scenario.Fleet;
import dev.ppe.scaling.Scenario.Traffic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulation against queueing theory, and policies against each other. */
class SimulationTest {
  private static final long REQUESTS = 1_000_000;

  private static Traffic load(double load) {
    return new Traffic(load, 1, 1_000, 50, 0, 0, 1);
  }

  private static Result run(Fleet fleet, Policy policy, Traffic traffic) {
    return Simulation.run(new Scenario(fleet, policy, traffic, REQUESTS, 7));
  }

  @ParameterizedTest
  @CsvSource({"0.3", "0.5", "0.7", "0.8"})
  void oneCoreWaitsAsAnMm1QueueDoes(double load) {
    Result result = run(Fleet.mesh(1, 1, 1), Policy.RANDOM, load(load));
    double mean = 1 / (1 - load); // milliseconds, at 1 ms of service
    assertThat(result.meanMillis()).isCloseTo(mean, within(0.05 * mean));
    assertThat(result.p99Millis())
        .isCloseTo(mean * Math.log(100), within(0.07 * mean * Math.log(100)));
    assertThat(result.utilization()).isCloseTo(load, within(0.01));
  }

  @ParameterizedTest
  @CsvSource({"2, 0.7", "4, 0.8", "8, 0.9"})
  void manyCoresWaitAsErlangsFormulaSays(int cores, double load) {
    Result result = run(Fleet.mesh(1, 1, cores), Policy.RANDOM, load(load));
    double mean = 1 + erlangC(cores, cores * load) / (cores * (1 - load));
    assertThat(result.meanMillis()).isCloseTo(mean, within(0.05 * mean));
  }

  @Test
  void replicasAskedAtRandomAreQueuesOfTheirOwn() {
    Result result = run(Fleet.mesh(50, 10, 1), Policy.RANDOM, load(0.7));
    assertThat(result.meanMillis()).isCloseTo(1 / 0.3, within(0.15));
  }

  @Test
  void theWayCountsTwice() {
    Traffic near = load(0.5);
    Traffic far = new Traffic(0.5, 1, 1_000, 50, 250, 0, 1);
    double difference =
        run(Fleet.mesh(1, 1, 1), Policy.RANDOM, far).meanMillis()
            - run(Fleet.mesh(1, 1, 1), Policy.RANDOM, near).meanMillis();
    assertThat(difference).isCloseTo(0.5, within(0.001));
  }

  @Test
  void whoKnowsTheQueuesWaitsLess() {
    Fleet fleet = Fleet.mesh(200, 40, 1);
    double random = run(fleet, Policy.RANDOM, load(0.9)).p99Millis();
    double robin = run(fleet, Policy.ROUND_ROBIN, load(0.9)).p99Millis();
    double two = run(fleet, Policy.POWER_OF_TWO, load(0.9)).p99Millis();
    assertThat(robin).isLessThan(random);
    assertThat(two).isLessThan(robin / 2);
  }

  @Test
  void aLoneWorkerThatCountsItsOwnRequestsKnowsTheQueues() {
    Fleet fleet = Fleet.mesh(1, 20, 1);
    double own = run(fleet, Policy.LEAST_REQUEST, load(0.8)).meanMillis();
    double all = run(fleet, Policy.POWER_OF_TWO, load(0.8)).meanMillis();
    assertThat(own).isCloseTo(all, within(0.02 * all));
  }

  @Test
  void loadReportsFindOutWhichReplicasAreSlow() {
    Fleet fleet = Fleet.mesh(20, 4, 1).withSlow(1);
    double robin = run(fleet, Policy.ROUND_ROBIN, load(0.5)).meanMillis();
    double weighted = run(fleet, Policy.WEIGHTED, load(0.5)).meanMillis();
    assertThat(weighted).isLessThan(0.8 * robin);
  }

  @Test
  void amongEqualReplicasLoadReportsDoNoHarm() {
    Fleet fleet = Fleet.mesh(20, 4, 1);
    double robin = run(fleet, Policy.ROUND_ROBIN, load(0.8)).meanMillis();
    double weighted = run(fleet, Policy.WEIGHTED, load(0.8)).meanMillis();
    assertThat(weighted).isLessThan(1.1 * robin);
  }

  @Test
  void hashingFindsWhatWasAskedBefore() {
    Fleet fleet = Fleet.mesh(100, 50, 2);
    Traffic repeating = new Traffic(0.5, 1, 1_000, 50, 0, 0.3, 20_000);
    assertThat(run(fleet, Policy.HASH, repeating).hitShare()).isCloseTo(0.3, within(0.005));
    assertThat(run(fleet, Policy.ROUND_ROBIN, repeating).hitShare()).isLessThan(0.02);
    assertThat(run(fleet, Policy.BOUNDED_HASH, repeating).hitShare()).isBetween(0.1, 0.3);
  }

  @Test
  void cachedAnswersLeaveCoresFree() {
    Fleet fleet = Fleet.mesh(100, 50, 2);
    Traffic repeating = new Traffic(0.5, 1, 1_000, 50, 0, 0.3, 20_000);
    Result result = run(fleet, Policy.HASH, repeating);
    double micros = 1_000 * (1 - result.hitShare()) + 50 * result.hitShare();
    assertThat(result.coreMicros()).isCloseTo(micros, within(5.0));
    assertThat(result.utilization()).isCloseTo(0.5 * micros / 1_000, within(0.01));
  }

  @Test
  void theSameScenarioHasTheSameResult() {
    Fleet fleet = Fleet.mesh(30, 12, 2).subset(Subsetting.RANDOM, 5);
    assertThat(run(fleet, Policy.POWER_OF_TWO, load(0.6)))
        .isEqualTo(run(fleet, Policy.POWER_OF_TWO, load(0.6)));
  }

  @Test
  void whatIsOutOfRangeIsNamed() {
    assertThatThrownBy(() -> Fleet.mesh(1, 5, 1).subset(Subsetting.RANDOM, 6))
        .hasMessage("connections is 6, which is out of range");
    assertThatThrownBy(() -> load(1.5)).hasMessage("load is 1.5, which is out of range");
  }

  /** The share of arrivals that wait, with an offered load of {@code erlangs}. */
  private static double erlangC(int cores, double erlangs) {
    double term = 1;
    double sum = 0;
    for (int k = 0; k < cores; k++) {
      sum += term;
      term *= erlangs / (k + 1);
    }
    double all = term * cores / (cores - erlangs);
    return all / (sum + all);
  }
}
