/** Tests of duels. */
@NullMarked
package dev.banyan.duel.fuzz;

import org.jspecify.annotations.NullMarked;
