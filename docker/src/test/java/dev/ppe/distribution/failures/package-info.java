/**
 * What goes wrong in operation, tried on real server processes on this machine: replicas that are
 * killed and replaced, clients that are slow, silent, broken or hostile, while healthy clients go
 * on asking.
 *
 * <p>Start at {@link dev.ppe.distribution.failures.FailureSuite}; {@code .ci/failures} runs it. A
 * {@link dev.ppe.distribution.failures.Scenario} says what it does and what it shows.
 */
package dev.ppe.distribution.failures;
