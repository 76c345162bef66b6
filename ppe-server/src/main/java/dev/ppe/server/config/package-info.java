/**
 * What a server can be told: records for the sections of the configuration, and {@link
 * dev.ppe.server.config.ConfigTree}, which lays defaults, file, environment and command line over
 * each other.
 */
@NullMarked
package dev.ppe.server.config;

import org.jspecify.annotations.NullMarked;
