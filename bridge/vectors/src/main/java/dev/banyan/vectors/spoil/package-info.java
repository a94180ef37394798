/** Makes bad inputs of recorded ones. Start reading at {@link dev.banyan.vectors.spoil.Spoiler}. */
@NullMarked
package dev.banyan.vectors.spoil;

import org.jspecify.annotations.NullMarked;
