package dev.ppe.client;

import java.time.Duration;

/**
 * How a call that a replica did not answer is made again, on another one where there is one. Both
 * are carried out by gRPC within the call's deadline. A budget ends them where too much fails: each
 * failure takes one of its tokens, each success gives back a tenth, and below half of them nothing
 * is tried again.
 */
public sealed interface Attempts {
  /** Most that gRPC allows. */
  int MOST = 5;

  /** Four attempts, with pauses that double from a tenth of a second. */
  Attempts DEFAULT = new Retries(4, Duration.ofMillis(100), Duration.ofSeconds(1), 1000);

  /**
   * Calls in all, the first one included: 1 for the failure of the first one, whatever it is. With
   * more than one a call that all of them lost is made anew up to six times, budget and deadline
   * allowing, if its answer had begun or a replica has answered in the last ten seconds.
   */
  int most();

  /** Tokens of the budget. */
  int budget();

  /**
   * The next attempt after the one before has failed.
   *
   * @param most calls in all, 1 to 5
   * @param firstPause before the second one, about
   * @param longestPause the pauses double up to it
   * @param budget tokens, 1 to 1000; at least a few times what is in flight on a replica, or one
   *     that dies uses it up
   */
  record Retries(int most, Duration firstPause, Duration longestPause, int budget)
      implements Attempts {
    public Retries {
      check(most, 1, budget);
      Checks.positive("firstPause", firstPause);
      Checks.positive("longestPause", longestPause);
    }
  }

  /**
   * The next attempt while the one before is still waited for, and the first answer counts: for the
   * slowest of many calls, at the price of work done twice.
   *
   * @param most calls in all, 2 to 5
   * @param delay before each further one, unless there is an answer
   * @param budget tokens, 1 to 1000
   */
  record Hedging(int most, Duration delay, int budget) implements Attempts {
    public Hedging {
      check(most, 2, budget);
      Checks.positive("delay", delay);
    }
  }

  private static void check(int most, int least, int budget) {
    Checks.range("attempts", most, least, MOST);
    Checks.range("budget", budget, 1, 1000);
  }
}
