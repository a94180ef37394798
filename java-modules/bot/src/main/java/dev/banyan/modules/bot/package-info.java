/** The port of edge.bot. */
@NullMarked
package dev.banyan.modules.bot;

import org.jspecify.annotations.NullMarked;
