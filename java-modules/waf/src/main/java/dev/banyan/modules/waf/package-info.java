/** The port of edge.waf. */
@NullMarked
package dev.banyan.modules.waf;

import org.jspecify.annotations.NullMarked;
