/**
 * Studies for people and for other programs. {@link dev.ppe.nas.report.StudyReport} is what there
 * is to say of a study: its front, how it came about, and which parameters matter. {@link
 * dev.ppe.nas.report.StudyPage} makes a page of it that works from a file, {@link
 * dev.ppe.nas.report.TrialCsv} and {@link dev.ppe.nas.report.TrialJson} write its trials.
 */
@NullMarked
package dev.ppe.nas.report;

import org.jspecify.annotations.NullMarked;
