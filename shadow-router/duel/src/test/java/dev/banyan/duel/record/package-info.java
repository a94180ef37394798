/** Tests of this part of the duel. */
@NullMarked
package dev.banyan.duel.record;

import org.jspecify.annotations.NullMarked;
