package dev.banyan.host;

import java.time.Duration;

/**
 * Immutable, for any thread: what a port does later.
 *
 * @param most the longest that it may take, waiting included
 * @param function takes {@code premature} and the arguments of the decision
 */
public record BoundTimer(Duration most, BoundFunction function) {}
