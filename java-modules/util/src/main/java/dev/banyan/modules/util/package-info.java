/** The port of edge.util. */
@NullMarked
package dev.banyan.modules.util;

import org.jspecify.annotations.NullMarked;
