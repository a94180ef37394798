package dev.banyan.server.admin;

/**
 * Immutable: one message to the dashboards.
 *
 * @param id rises; 0 for one that needs no resuming
 * @param kind {@code figures}, {@code flag}, {@code mismatch} or {@code reset}
 * @param data JSON
 */
record Event(long id, String kind, String data) {}
