/**
 * A study's page that follows its search: {@link dev.ppe.nas.live.StudyServer} serves it to the
 * browsers of this machine.
 */
@NullMarked
package dev.ppe.nas.live;

import org.jspecify.annotations.NullMarked;
