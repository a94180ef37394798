/** The Banyan process: configuration, flags, shadow execution, start and stop. */
@NullMarked
package dev.banyan.server;

import org.jspecify.annotations.NullMarked;
