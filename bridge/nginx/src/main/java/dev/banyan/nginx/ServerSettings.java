package dev.banyan.nginx;

import java.time.Duration;

/**
 * The settings that hold for a server before a location is known.
 *
 * @param largeHeaderBuffers how many large buffers a request may use
 * @param largeHeaderBufferSize the longest request line or header line, in bytes
 * @param maxHeaders how many header lines a request may have
 */
public record ServerSettings(
    Duration clientHeaderTimeout,
    long clientHeaderBufferSize,
    int largeHeaderBuffers,
    long largeHeaderBufferSize,
    int maxHeaders,
    boolean mergeSlashes,
    boolean ignoreInvalidHeaders,
    boolean underscoresInHeaders,
    int http2MaxConcurrentStreams) {}
