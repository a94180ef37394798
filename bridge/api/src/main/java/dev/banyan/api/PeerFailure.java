package dev.banyan.api;

/**
 * Immutable: how the last try of an upstream failed.
 *
 * @param state {@code next} when the peer answered and the answer was refused, {@code failed} when
 *     it did not answer
 * @param status the status that the try ended with
 */
public record PeerFailure(String state, int status) {}
