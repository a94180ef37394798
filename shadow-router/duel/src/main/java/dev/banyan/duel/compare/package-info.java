/**
 * In what two targets differ. Depends on {@code suite}, {@code wire} and {@code origin}; enter at
 * {@link dev.banyan.duel.compare.Comparison}.
 */
@NullMarked
package dev.banyan.duel.compare;

import org.jspecify.annotations.NullMarked;
