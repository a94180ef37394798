/** Holds the grammar to nginx's. */
@NullMarked
package dev.banyan.nginx.syntax;

import org.jspecify.annotations.NullMarked;
