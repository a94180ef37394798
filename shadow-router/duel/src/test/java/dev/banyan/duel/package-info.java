/** Tests of the duel, against small real servers. */
@NullMarked
package dev.banyan.duel;

import org.jspecify.annotations.NullMarked;
