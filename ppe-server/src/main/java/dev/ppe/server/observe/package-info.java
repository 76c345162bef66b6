/**
 * What is known of requests while and after they are answered: {@link
 * dev.ppe.server.observe.CallObserver} tells each {@link dev.ppe.server.observe.RequestListener} of
 * each of them.
 */
@NullMarked
package dev.ppe.server.observe;

import org.jspecify.annotations.NullMarked;
