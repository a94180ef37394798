/** The port of edge.routing. */
@NullMarked
package dev.banyan.modules.routing;

import org.jspecify.annotations.NullMarked;
