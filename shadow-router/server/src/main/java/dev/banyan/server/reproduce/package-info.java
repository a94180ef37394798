/**
 * Keeps a whole call of each cluster of mismatches, redacted, so that it can be given to both sides
 * again. Start reading at {@link dev.banyan.server.reproduce.Reproducers}.
 */
@NullMarked
package dev.banyan.server.reproduce;

import org.jspecify.annotations.NullMarked;
