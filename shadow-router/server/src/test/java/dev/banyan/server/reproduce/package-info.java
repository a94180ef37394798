/** Tests of the reproducers. */
@NullMarked
package dev.banyan.server.reproduce;

import org.jspecify.annotations.NullMarked;
