/**
 * Ports that are wrong on purpose, each in one way: which of them the shadow finds, and how soon.
 */
@NullMarked
package dev.banyan.it.planted;

import org.jspecify.annotations.NullMarked;
