/**
 * Pages for operators over plain HTTP: what the server is, how it is configured and what it is at.
 * Nothing can be changed there.
 */
@NullMarked
package dev.ppe.server.admin;

import org.jspecify.annotations.NullMarked;
