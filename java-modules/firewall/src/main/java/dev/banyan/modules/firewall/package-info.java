/** The port of edge.firewall. */
@NullMarked
package dev.banyan.modules.firewall;

import org.jspecify.annotations.NullMarked;
