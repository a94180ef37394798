package dev.banyan.router.parity;

import org.jspecify.annotations.Nullable;

/**
 * Immutable: one place at which two answers differ.
 *
 * @param path where, such as {@code effects.request-header x-user} or {@code results[1]}
 * @param control what Lua answered there; null when nothing (or nil)
 * @param candidate what Java answered there
 */
public record Difference(String path, @Nullable Object control, @Nullable Object candidate) {}
