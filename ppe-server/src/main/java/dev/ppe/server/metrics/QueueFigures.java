package dev.ppe.server.metrics;

import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * How busy a server is; each figure is asked for when somebody looks.
 *
 * @param waiting requests in the queue
 * @param capacity requests that it holds
 * @param running requests that workers are at
 * @param workers how many workers there are
 * @param open requests without an answer: these, and those that wait for work of another one
 * @param pendingBytes bytes of the open ones
 * @param pendingBytesLimit bytes that may
 * @param faults of the program that no request could be told of
 */
public record QueueFigures(
    IntSupplier waiting,
    IntSupplier capacity,
    IntSupplier running,
    IntSupplier workers,
    IntSupplier open,
    LongSupplier pendingBytes,
    LongSupplier pendingBytesLimit,
    LongSupplier faults) {}
