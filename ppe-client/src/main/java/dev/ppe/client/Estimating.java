package dev.ppe.client;

import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import java.util.concurrent.CompletableFuture;

/** What streams of estimates are made of: one estimate, and how many are worth having at a time. */
interface Estimating {
  /**
   * Asks for an estimate without waiting. Never throws: failures are the future's, {@link
   * PpeException}s. What depends on the future runs in a thread that must not be held up.
   */
  CompletableFuture<EstimateResponse> begin(EstimateRequest request);

  /** How many estimates keep all replicas, or all cores, busy; may change. */
  int width();
}
