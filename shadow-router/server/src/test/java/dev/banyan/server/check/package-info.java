/** Checks of configurations, and the page that is made from their tables. */
@NullMarked
package dev.banyan.server.check;

import org.jspecify.annotations.NullMarked;
