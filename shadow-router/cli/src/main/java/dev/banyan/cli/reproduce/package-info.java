/**
 * Shows a mismatch again without a server, makes it smaller, and keeps it as a vector of the port's
 * tests. Start reading at {@link dev.banyan.cli.reproduce.Reproduction}.
 */
@NullMarked
package dev.banyan.cli.reproduce;

import org.jspecify.annotations.NullMarked;
