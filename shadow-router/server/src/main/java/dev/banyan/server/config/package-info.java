/**
 * {@code banyan.yaml}: its model and its reader, which reports every problem with file and line.
 * Start reading at {@link dev.banyan.server.config.BanyanConfig}.
 */
@NullMarked
package dev.banyan.server.config;

import org.jspecify.annotations.NullMarked;
