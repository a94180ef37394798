/**
 * {@code scripts/duel}: the sample legacy on three servers, against each other. May depend on the
 * JDK and {@code it}'s other packages; enter at {@link dev.banyan.it.duel.ThreeServers}.
 */
@NullMarked
package dev.banyan.it.duel;

import org.jspecify.annotations.NullMarked;
