/**
 * Finds what is wrong with a configuration without starting it. Start reading at {@link
 * dev.banyan.server.check.ConfigCheck}.
 */
@NullMarked
package dev.banyan.server.check;

import org.jspecify.annotations.NullMarked;
