/** The port of edge.token_auth. */
@NullMarked
package dev.banyan.modules.tokenauth;

import org.jspecify.annotations.NullMarked;
