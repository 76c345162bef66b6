/** What came of a load, for people and for programs. */
@NullMarked
package dev.ppe.client.report.load;

import org.jspecify.annotations.NullMarked;
