/**
 * Who may use a server: encryption ({@link dev.ppe.server.security.ServerTls}), tokens and quotas
 * ({@link dev.ppe.server.security.Authenticator}), and who is calling ({@link
 * dev.ppe.server.security.ClientIdentity}).
 */
@NullMarked
package dev.ppe.server.security;

import org.jspecify.annotations.NullMarked;
