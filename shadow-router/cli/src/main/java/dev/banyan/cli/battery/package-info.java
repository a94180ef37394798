/**
 * Compares how Lua and its port take bad input. Start reading at {@link
 * dev.banyan.cli.battery.Battery}.
 */
@NullMarked
package dev.banyan.cli.battery;

import org.jspecify.annotations.NullMarked;
