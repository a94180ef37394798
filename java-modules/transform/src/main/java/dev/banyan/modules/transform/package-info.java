/** The port of edge.transform. */
@NullMarked
package dev.banyan.modules.transform;

import org.jspecify.annotations.NullMarked;
