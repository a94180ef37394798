/** Whole requests of the old path, run through the new one afterwards. */
@NullMarked
package dev.banyan.it.path;

import org.jspecify.annotations.NullMarked;
