/**
 * The {@code banyan} command: one class for each subcommand. Depends on core, and on the server for
 * {@code serve} and {@code check}. Start reading at {@link dev.banyan.cli.Banyan}.
 */
@NullMarked
package dev.banyan.cli;

import org.jspecify.annotations.NullMarked;
