/** The port of edge.access_log. */
@NullMarked
package dev.banyan.modules.accesslog;

import org.jspecify.annotations.NullMarked;
