package dev.ppe.server.config;

/** The form of a log line. */
public enum LogFormat {
  TEXT,
  JSON
}
