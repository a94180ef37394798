/** Tests of vectors. */
@NullMarked
package dev.banyan.vectors;

import org.jspecify.annotations.NullMarked;
