/** A new process in the place of an old one, under traffic. */
@NullMarked
package dev.banyan.it.handover;

import org.jspecify.annotations.NullMarked;
