package dev.banyan.vectors;

import dev.banyan.lua.seam.RecordedCall;

/**
 * Immutable, for any thread: one recorded call under a name.
 *
 * @param name its file's, without the ending
 */
public record Vector(String name, RecordedCall call) {}
