package dev.ppe.client;

import dev.ppe.v1.EstimateResponse;

/**
 * What became of one of many inputs.
 *
 * @param <T> what the input is
 */
public sealed interface Outcome<T> {
  /** Where the input stood, from 0. */
  long index();

  /** The input. */
  T input();

  /** What it costs. */
  record Answer<T>(long index, T input, EstimateResponse response) implements Outcome<T> {}

  /** Why there is no answer; the others do not suffer from it. */
  record Failure<T>(long index, T input, PpeException reason) implements Outcome<T> {}
}
