/** The port of edge.body_filter. */
@NullMarked
package dev.banyan.modules.bodyfilter;

import org.jspecify.annotations.NullMarked;
