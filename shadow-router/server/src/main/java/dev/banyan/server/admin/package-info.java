/**
 * The admin listener on loopback: JSON API, live events, metrics, dashboard. Not on the data
 * plane's event loops. Start reading at {@link dev.banyan.server.admin.AdminServer}.
 */
@NullMarked
package dev.banyan.server.admin;

import org.jspecify.annotations.NullMarked;
