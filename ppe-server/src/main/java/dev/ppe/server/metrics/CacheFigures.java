package dev.ppe.server.metrics;

import java.util.function.LongSupplier;

/**
 * What a cache has done and holds; each figure is asked for when somebody looks. Hits, misses and
 * evictions count from the start and never fall.
 *
 * @param hits look-ups that found something
 * @param misses look-ups that found nothing
 * @param evictions entries that made room for others
 * @param entries entries that are there, or nearly so many
 * @param bytes what they weigh
 * @param bytesLimit what they may weigh
 */
public record CacheFigures(
    LongSupplier hits,
    LongSupplier misses,
    LongSupplier evictions,
    LongSupplier entries,
    LongSupplier bytes,
    LongSupplier bytesLimit) {}
