/** The port of edge.tenant. */
@NullMarked
package dev.banyan.modules.tenant;

import org.jspecify.annotations.NullMarked;
