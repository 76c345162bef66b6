package dev.ppe.simulator.validation.table;

/**
 * A row that is not compared.
 *
 * @param file where it stands
 * @param line counted from 1
 * @param label what people call it
 * @param reason in one line
 */
public record SkippedRow(String file, int line, String label, String reason) {}
