/**
 * The duel itself: cases against all targets at once, differing ones asked again alone and shrunk.
 * Depends on all of {@code dev.banyan.duel} but {@code report}; enter at {@link
 * dev.banyan.duel.run.Duel}.
 */
@NullMarked
package dev.banyan.duel.run;

import org.jspecify.annotations.NullMarked;
