/** Ports that are replaced while the legacy serves. */
@NullMarked
package dev.banyan.it.swap;

import org.jspecify.annotations.NullMarked;
