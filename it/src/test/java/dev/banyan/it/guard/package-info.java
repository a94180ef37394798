/** What a request may cost, in measures that don't depend on the machine. */
@NullMarked
package dev.banyan.it.guard;

import org.jspecify.annotations.NullMarked;
