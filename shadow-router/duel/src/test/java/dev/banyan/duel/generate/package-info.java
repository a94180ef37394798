/** Tests of this part of the duel. */
@NullMarked
package dev.banyan.duel.generate;

import org.jspecify.annotations.NullMarked;
