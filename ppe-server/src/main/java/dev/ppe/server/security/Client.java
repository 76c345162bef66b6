package dev.ppe.server.security;

import java.util.List;
import java.util.Optional;

/**
 * Somebody who may use the server.
 *
 * @param name 1 to 64 letters, digits and {@code . _ -}
 * @param tokenHashes SHA-256 of the tokens that it may show, 32 bytes each; more than one while
 *     tokens are replaced
 * @param certificateNames common names of the certificates that it may show
 * @param rate how many requests it may send; as many as it likes if empty
 */
record Client(
    String name, List<byte[]> tokenHashes, List<String> certificateNames, Optional<Rate> rate) {
  /**
   * A quota's figures.
   *
   * @param requestsPerSecond 1 to 1,000,000
   * @param burst requests that may come at once after a pause, 1 to 1,000,000
   */
  record Rate(int requestsPerSecond, int burst) {
    Rate {
      require("requestsPerSecond", requestsPerSecond);
      require("burst", burst);
    }

    private static void require(String field, int value) {
      if (value < 1 || value > 1_000_000) {
        throw new IllegalArgumentException(
            "%s is %d, must be between 1 and 1000000".formatted(field, value));
      }
    }
  }
}
