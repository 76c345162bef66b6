package dev.ppe.nas.report;

/**
 * A figure that holds from a trial on.
 *
 * @param trial its number
 * @param value in the figure's own unit
 */
public record Step(long trial, double value) {}
