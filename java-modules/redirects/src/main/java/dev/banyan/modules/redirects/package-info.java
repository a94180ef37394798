/** The port of edge.redirects. */
@NullMarked
package dev.banyan.modules.redirects;

import org.jspecify.annotations.NullMarked;
