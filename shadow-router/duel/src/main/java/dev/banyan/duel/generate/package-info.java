/**
 * Suites made from an nginx.conf, the Lua behind it and the data that the Lua reads: each location,
 * each host, each pattern and each word, hit and nearly hit. Depends on {@code suite}, the
 * nginx.conf's model and its regexes; enter at {@link dev.banyan.duel.generate.Generator}.
 */
@NullMarked
package dev.banyan.duel.generate;

import org.jspecify.annotations.NullMarked;
