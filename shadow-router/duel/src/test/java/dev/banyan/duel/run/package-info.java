/** Tests of duels. */
@NullMarked
package dev.banyan.duel.run;

import org.jspecify.annotations.NullMarked;
