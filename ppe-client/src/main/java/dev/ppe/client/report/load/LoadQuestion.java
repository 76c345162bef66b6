package dev.ppe.client.report.load;

/**
 * What was asked for.
 *
 * @param target the replicas
 * @param rate requests a second
 * @param arrivals how they were spread
 * @param workload what was asked, in words
 */
public record LoadQuestion(String target, double rate, String arrivals, String workload) {}
