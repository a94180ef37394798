/**
 * How requests go to a target and answers come back, over HTTP/1 and HTTP/2, with and without TLS.
 * Depends on Netty and {@code suite}; enter at {@link dev.banyan.duel.wire.TargetClient}.
 */
@NullMarked
package dev.banyan.duel.wire;

import org.jspecify.annotations.NullMarked;
