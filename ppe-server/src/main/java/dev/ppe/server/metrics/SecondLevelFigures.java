package dev.ppe.server.metrics;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What the answers that replicas share are good for; each figure is asked for when somebody looks.
 * Counts are since the start.
 *
 * @param available whether it answers, for all that is known: after failures it does not until a
 *     question has been answered again
 * @param hits answers that were there
 * @param misses answers that were not, by what it said itself
 * @param failures questions and deposits that failed or took too long
 * @param skipped questions and deposits that were not made: after failures, beside too many others,
 *     or of large answers
 */
public record SecondLevelFigures(
    BooleanSupplier available,
    LongSupplier hits,
    LongSupplier misses,
    LongSupplier failures,
    LongSupplier skipped) {}
