/** The admin listener: JSON API, live events, metrics, dashboard. */
@NullMarked
package dev.banyan.server.admin;

import org.jspecify.annotations.NullMarked;
