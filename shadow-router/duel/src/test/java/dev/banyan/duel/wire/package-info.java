/** Tests of this part of the duel. */
@NullMarked
package dev.banyan.duel.wire;

import org.jspecify.annotations.NullMarked;
