package dev.banyan.router.flags;

import java.time.Instant;

/**
 * Immutable: one change of a flag.
 *
 * @param version the snapshot's version since then
 */
public record AuditEntry(
    long version, Instant when, String who, String why, ModuleFlag from, ModuleFlag to) {}
