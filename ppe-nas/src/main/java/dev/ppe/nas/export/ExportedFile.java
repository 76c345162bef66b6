package dev.ppe.nas.export;

/**
 * A file of an export.
 *
 * @param name within the folder
 * @param format as the command line has it
 * @param bytes its size
 * @param sha256 of its contents, 64 lower-case hexadecimal digits
 */
record ExportedFile(String name, String format, long bytes, String sha256) {}
