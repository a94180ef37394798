/** The port of edge.rate_limit. */
@NullMarked
package dev.banyan.modules.ratelimit;

import org.jspecify.annotations.NullMarked;
