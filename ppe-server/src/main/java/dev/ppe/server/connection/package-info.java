/**
 * Who may connect: {@link dev.ppe.server.connection.ConnectionLimits} decides, {@link
 * dev.ppe.server.connection.Doorkeeper} turns others away as they come, before anything is set up
 * for them, and those of whom {@link dev.ppe.server.connection.LostCalls} says that they lose too
 * many calls. {@link dev.ppe.server.connection.NetworkThreads} move the bytes, those of each
 * address on {@link dev.ppe.server.connection.EventLoopsByAddress its own}.
 *
 * <p>And what a server holds for those that have connected before they ask for anything: {@link
 * dev.ppe.server.connection.ArrivingCalls} bounds calls that are open and requests that are on
 * their way, which {@link dev.ppe.server.connection.ArrivingFrames} tell of, {@link
 * dev.ppe.server.connection.StreamLimits} what may become a call, {@link
 * dev.ppe.server.connection.WatchedStreams} end what is left of calls that are over.
 */
@NullMarked
package dev.ppe.server.connection;

import org.jspecify.annotations.NullMarked;
