/**
 * Two servers under the same traffic, compared byte for byte at both ends. May depend on {@code
 * it}'s other packages; enter at {@link dev.banyan.it.parity.Duel}.
 */
@NullMarked
package dev.banyan.it.parity;

import org.jspecify.annotations.NullMarked;
