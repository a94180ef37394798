/**
 * Vectors: calls of Lua modules that were recorded from traffic, as files, and given to ports.
 * Depends on api, host, lua and the gateway's seam; enter at {@link
 * dev.banyan.vectors.VectorFolder} and {@link dev.banyan.vectors.ReplayRun}.
 */
@NullMarked
package dev.banyan.vectors;

import org.jspecify.annotations.NullMarked;
