/**
 * The router's policy without I/O: which way a request goes ({@code flags}) and whether two ways
 * agree ({@code parity}). Depends on api only. Start reading at {@code flags.Assignment}.
 */
@NullMarked
package dev.banyan.router;

import org.jspecify.annotations.NullMarked;
