/**
 * The seam's other side: joins the Lua machine to the module host, and asks the router who answers.
 */
@NullMarked
package dev.banyan.gateway.seam;

import org.jspecify.annotations.NullMarked;
