/**
 * The duel's own origin: answers what the case says, and keeps what came. Depends on Netty, {@code
 * suite} and {@code wire}'s values; enter at {@link dev.banyan.duel.origin.RecordingOrigin}.
 */
@NullMarked
package dev.banyan.duel.origin;

import org.jspecify.annotations.NullMarked;
