/** Whole requests, kept and put into the world again. */
@NullMarked
package dev.banyan.cli.wholes;

import org.jspecify.annotations.NullMarked;
