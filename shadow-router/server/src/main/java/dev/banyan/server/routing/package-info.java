/**
 * Joins the router's policy to the gateway's seam. Start reading at {@link
 * dev.banyan.server.routing.FlaggedPolicy}.
 */
@NullMarked
package dev.banyan.server.routing;

import org.jspecify.annotations.NullMarked;
